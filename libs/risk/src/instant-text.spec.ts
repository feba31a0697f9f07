import { expect, it } from 'vitest';
import { instantText } from './instant-text.js';

it.each([
  ['2026-11-23T04:00:00.000Z', '2026-11-23 04:00 UTC'],
  ['2026-11-23T23:59:59Z', '2026-11-23 23:59 UTC'],
  ['soon', 'soon'],
])('tells %s as %s', (at, text) => {
  expect(instantText(at)).toBe(text);
});
