// @vitest-environment node
import { expect, it } from 'vitest';
import { sampleWork } from '../../testing/sample-work.js';
import { remarksOf } from './work-words.js';

it('says why an acceptance is over and that a fix did not last', () => {
  expect(remarksOf(sampleWork({ voided: 'expired', reopened: 2 }))).toEqual([
    'An acceptance ran out',
    'came back 2 times after it was verified',
  ]);
  expect(remarksOf(sampleWork())).toEqual([]);
});

it('does not take silence for a fix', () => {
  expect(remarksOf(sampleWork({ verdict: 'unknown' }))[0]).toMatch(/nobody can read/);
  expect(remarksOf(sampleWork({ verdict: 'safe' }))[0]).toMatch(/must prove it/);
  expect(remarksOf(sampleWork({ verdict: 'safe', state: 'verified' }))).toEqual([]);
});
