// @vitest-environment node
import { expect, it } from 'vitest';
import { feedStates, importText } from './feed-words.js';

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
