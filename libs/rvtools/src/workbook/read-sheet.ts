import { type Archive, tooLarge } from '../archive/archive.js';
import { limits } from '../limits.js';
import type { RowSink } from '../table/row-sink.js';
import { readXml } from './read-xml.js';

/**
 * Streams the rows of a sheet that hold anything. What a sheet declares to be its size is not looked at: some tools
 * write down every row that Excel could have.
 */
export async function readSheet(
  archive: Archive,
  part: string,
  { strings, sink }: { strings: readonly string[]; sink: RowSink },
): Promise<void> {
  let row = new Map<number, string>();
  let column = -1;
  let type = '';
  let value: string[] | null = null;
  let isValue = false;
  let rows = 0;
  await readXml(archive, part, {
    open(name, { r, t }) {
      if (name === 'row') {
        row = new Map();
        column = -1;
      } else if (name === 'c') {
        column = r === undefined ? column + 1 : columnOf(r);
        type = t ?? 'n';
        value = column < limits.columns && sink.wants(column) ? [] : null;
      } else if (name === 'v' || name === 't') isValue = value !== null;
    },
    text(piece) {
      if (isValue) value?.push(piece);
    },
    close(name) {
      if (name === 'v' || name === 't') isValue = false;
      else if (name === 'c' && value !== null) {
        const text = textOf(type, value.join(''), strings);
        if (text !== '') row.set(column, text);
        value = null;
      } else if (name === 'row' && row.size > 0) {
        if (++rows > limits.rows) throw tooLarge(`${part} has more rows than Excel knows`);
        sink.row(row);
      }
    },
  });
}

/** `BC12` is column 54, counted from 0. */
function columnOf(reference: string): number {
  let column = 0;
  for (const char of reference) {
    const digit = char.charCodeAt(0) - 64;
    if (digit < 1 || digit > 26) break;
    column = column * 26 + digit;
    if (column > limits.columns) break;
  }
  return column - 1;
}

/** Numbers stay as they are written; an error of a formula is no value. */
function textOf(type: string, text: string, strings: readonly string[]): string {
  if (type === 's') return strings[Number(text)]?.trim() ?? '';
  if (type === 'e') return '';
  if (type === 'b') return text === '1' ? 'True' : 'False';
  return text.slice(0, limits.cellChars).trim();
}
