// @vitest-environment node
import { expect, it } from 'vitest';
import { agoText, countdownText, leftText } from './instant.js';

const now = Date.parse('2026-11-22T08:00:00Z');

it.each([
  ['2026-11-22T07:59:30Z', 'just now'],
  ['2026-11-22T07:48:00Z', '12 min ago'],
  ['2026-11-22T05:10:00Z', '2 hr ago'],
  ['2026-11-19T08:00:00Z', '3 days ago'],
])('says of %s at eight o’clock: %s', (at, text) => {
  expect(agoText(Date.parse(at), now)).toBe(text);
});

it('names a clock that runs ahead instead of calling its data fresh', () => {
  expect(agoText(Date.parse('2026-11-22T08:10:00Z'), now)).toMatch(/^clock skew/);
});

it('says how long a verdict still holds', () => {
  expect(leftText(0)).toBe('over');
  expect(leftText(30_000)).toBe('under a minute');
  expect(leftText(3 * 3_600_000)).toBe('in 3 hr');
});

it('counts down to the second in the last hour, and ends with a word', () => {
  expect(countdownText(7_380_000)).toBe('2 h 03 min');
  expect(countdownText(249_900)).toBe('4 min 09 s');
  expect(countdownText(0)).toBe('over');
});
