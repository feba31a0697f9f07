// @vitest-environment node
import { expect, it } from 'vitest';
import { feedStates, importText, progressText } from './feed-words.js';

const done = {
  kind: 'kev',
  result: 'imported',
  asOf: '2026-11-20T00:00:00Z',
  entries: 1_400,
  ignored: 0,
  changedEntries: 12,
  affectedHosts: 1,
} as const;

it('says what an import changed, and that an older file changed nothing', () => {
  expect(importText(done)).toMatch(/1400 entries, 12 of them changed; 1 host judged again\.$/);
  expect(importText({ ...done, ignored: 2 })).toMatch(/2 lines about products .* left out\.$/);
  expect(importText({ ...done, result: 'older' })).toMatch(/which was kept/);
});

it('never shows an old or absent feed as well', () => {
  expect(feedStates.stale.level).toBe('unknown');
  expect(feedStates.missing.level).toBe('unknown');
});

it('says how far an import has come', () => {
  const reading = { phase: 'reading', bytes: 1_048_576, totalBytes: 4_194_304, entries: 0 } as const;
  expect(progressText(reading)).toBe('Importing: 1.0 MiB of 4.0 MiB read');
  expect(progressText({ ...reading, totalBytes: null })).toBe('Importing: 1.0 MiB read');
  expect(progressText({ ...reading, phase: 'writing', entries: 4_000 })).toBe('Importing: 4000 entries written');
});
