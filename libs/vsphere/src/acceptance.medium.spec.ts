import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = new URL('../../../', import.meta.url);
const textOf = (path: string) => readFileSync(fileURLToPath(new URL(path, root)), 'utf8');
const rows = textOf('docs/collector.md')
  .split('\n')
  .flatMap((line) => {
    const [, ids = '', , where = '', title = ''] = line.split('|').map((cell) => cell.trim());
    return where.startsWith('`') ? [{ ids, file: where.replaceAll('`', ''), title }] : [];
  });

test('docs/collector.md names tests that are there', () => {
  expect(rows.filter(({ file, title }) => !textOf(file).includes(title))).toEqual([]);
});

test('docs/collector.md has a test for every case of the design', () => {
  const named = new Set(rows.flatMap(({ ids }) => ids.replace('F1-F3', 'F1, F2, F3').split(', ')));
  const cases = { C: 6, F: 11, U: 1, I: 1, S: 1, P: 1 };
  const all = Object.entries(cases).flatMap(([letter, last]) =>
    Array.from({ length: last }, (_, at) => `${letter}${at + 1}`),
  );
  expect(all.filter((id) => !named.has(id))).toEqual([]);
});
