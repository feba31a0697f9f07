import { expect, it } from 'vitest';
import { gainText } from './drivers.js';

it('shows what the score becomes and by how much, and no figure where nothing moves', () => {
  expect(gainText(92.4, 11)).toBe('11 (−81.4)');
  expect(gainText(50, 50)).toBe('no change');
  // A floor may make a fix of one factor look worse; the page does not hide that.
  expect(gainText(40, 45)).toBe('45 (+5)');
});
