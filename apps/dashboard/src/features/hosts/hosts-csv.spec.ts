// @vitest-environment node
import { Text } from '@lunwarden/contract';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sampleHost } from '../../testing/sample-host.js';
import { csvName, hostsCsv } from './hosts-csv.js';
import { shownColumns } from './table-look.js';

/** RFC 4180, read by the book: an oracle that shares nothing with the writer. */
function parsed(text: string): string[][] {
  const rows: string[][] = [[]];
  const cell = /("(?:[^"]|"")*"|[^,\r\n]*)(,|\r\n|$)/gy;
  for (let match = cell.exec(text); match !== null && cell.lastIndex < text.length + 1; match = cell.exec(text)) {
    const [, value = '', end] = match;
    rows.at(-1)?.push(value.startsWith('"') ? value.slice(1, -1).replaceAll('""', '"') : value);
    if (end === '\r\n') rows.push([]);
    if (end === '' || cell.lastIndex >= text.length) break;
  }
  return rows.filter((row) => row.length > 0);
}

const columns = shownColumns([]).map(({ key }) => key);
const view = { total: 142, filter: 'level=critical', generatedAt: '2026-11-22T07:00:00.000Z', columns };

it('holds exactly the rows of the view in its order, and says which view that was', () => {
  const rows = [3, 1, 2].map((n) => sampleHost(n));
  const text = hostsCsv({ ...view, rows });
  expect(text.charCodeAt(0)).toBe(0xfeff);
  const [source, header, ...body] = parsed(text.slice(1));
  expect(source).toEqual(['Lunwarden hosts; 3 of 142; filter level=critical; generated 2026-11-22T07:00:00.000Z']);
  expect(header?.[0]).toBe('hostname');
  expect(body.map(([hostname]) => hostname)).toEqual(['ams-pxy-03', 'ams-pxy-01', 'ams-pxy-02']);
});

it('lets no text become a formula, and loses no text', () => {
  const tails = fc.string().filter((text) => Text(300).safeParse(text).success);
  const start = fc.constantFrom('=cmd|calc', '+1', '-1', '@SUM(A1)', '"', 'a,b', '');
  fc.assert(
    fc.property(start, tails, (head, tail) => {
      const topReason = `${head}${tail}`.slice(0, 300);
      const [, header, row] = parsed(hostsCsv({ ...view, rows: [sampleHost(1, { topReason })] }).slice(1));
      const cell = row?.[header?.indexOf('topReason') ?? -1] ?? '';
      expect(cell).not.toMatch(/^[=+\-@]/);
      expect(cell.replace(/^'(?=[=+\-@])/, '')).toBe(topReason);
    }),
  );
});

it('writes unknown where nobody could read the disks, never an empty cell or a zero', () => {
  const [, header, row] = parsed(
    hostsCsv({ ...view, rows: [sampleHost(1, { vmfsLuns: null, writableLuns: null })] }).slice(1),
  );
  expect(row?.[header?.indexOf('writableLuns') ?? -1]).toBe('unknown');
});

it('names the file for its view and its time', () => {
  expect(csvName('level=critical,high', view.generatedAt)).toBe(
    'lunwarden-hosts_level-critical-high_20261122T070000Z.csv',
  );
  expect(csvName('', view.generatedAt)).toBe('lunwarden-hosts_all_20261122T070000Z.csv');
});

it('leaves out what the screen leaves out, and never which host it is and until when its row holds', () => {
  const shown = shownColumns(['os', 'level', 'hostname']).map(({ key }) => key);
  const [, header = []] = parsed(hostsCsv({ ...view, columns: shown, rows: [sampleHost(1)] }).slice(1));
  expect(header).not.toContain('os');
  expect(header).not.toContain('score');
  expect(header).toEqual(expect.arrayContaining(['hostname', 'automount', 'state', 'validUntil']));
});
