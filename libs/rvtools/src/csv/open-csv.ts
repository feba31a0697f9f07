import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CsvError, parse } from 'csv-parse';
import { type Archive, damaged, tooLarge } from '../archive/archive.js';
import { limits } from '../limits.js';
import type { RowSink, TabSource } from '../table/row-sink.js';

/** `RVTools_tabvInfo.csv` as RVTools names it, or `vInfo.csv`; null = another file. */
export const tabOfFile = (path: string): string | null =>
  /^(?:rvtools_)?(?:tab)?(d?v[a-z_]+)\.csv$/.exec(path.split('/').at(-1)?.toLowerCase() ?? '')?.[1] ?? null;

/** The CSV files of an export, one a tab; null if there is none. They do not say when they were made. */
export function openCsv(archive: Archive): TabSource | null {
  const files = new Map<string, string>();
  for (const name of archive.names) {
    const tab = tabOfFile(name);
    if (tab === null) continue;
    if (files.has(tab)) throw damaged(`it holds the tab ${tab} twice`);
    files.set(tab, name);
  }
  if (files.size === 0) return null;
  return {
    has: (tab) => files.has(tab.toLowerCase()),
    async read(tab, sink) {
      const file = files.get(tab.toLowerCase());
      if (file !== undefined) await readCsv(archive, file, sink);
    },
    createdAt: null,
    dateOffset: 0,
  };
}

/** Strict on purpose: a quote that is never closed, or a row of another width, would swallow VMs without a word. */
async function readCsv(archive: Archive, file: string, sink: RowSink): Promise<void> {
  const text = textOf(archive, file);
  const first = await text.next();
  if (first.done) return;
  const parser = parse({
    delimiter: delimiterOf(first.value),
    skip_empty_lines: true,
    max_record_size: limits.cellChars * 64,
  });
  const whole = async function* () {
    yield first.value;
    yield* text;
  };
  try {
    await pipeline(Readable.from(whole()), parser, (rows) => hand(rows, file, sink));
  } catch (cause) {
    throw cause instanceof CsvError ? damaged(`${file}: ${cause.message}`, cause) : cause;
  }
}

async function hand(rows: AsyncIterable<string[]>, file: string, sink: RowSink): Promise<void> {
  let count = 0;
  for await (const cells of rows) {
    const row = new Map<number, string>();
    for (const [column, cell] of cells.entries()) {
      const text = sink.wants(column) ? cell.slice(0, limits.cellChars).trim() : '';
      if (text !== '') row.set(column, text);
    }
    if (row.size === 0) continue;
    if (++count > limits.rows) throw tooLarge(`${file} has more rows than Excel knows`);
    sink.row(row);
  }
}

/** Excel writes UTF-16 with a mark, RVTools UTF-8. The code page of some region cannot be told, so it is refused. */
async function* textOf(archive: Archive, file: string): AsyncGenerator<string> {
  let decoder = new TextDecoder('utf-8', { fatal: true });
  let isFirst = true;
  try {
    for await (const piece of archive.pieces(file)) {
      if (isFirst && piece[0] === 0xff && piece[1] === 0xfe) decoder = new TextDecoder('utf-16le', { fatal: true });
      isFirst = false;
      yield decoder.decode(piece, { stream: true });
    }
    yield decoder.decode();
  } catch (cause) {
    throw cause instanceof TypeError ? damaged(`${file} is neither UTF-8 nor UTF-16`, cause) : cause;
  }
}

/** It follows the region of the machine that exported. No header of RVTools holds any of the three. */
function delimiterOf(text: string): string {
  const [header = ''] = text.split(/\r?\n/, 1);
  const count = (delimiter: string): number => header.split(delimiter).length;
  return [',', ';', '\t'].reduce((best, one) => (count(one) > count(best) ? one : best));
}
