// @vitest-environment node
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { backoffMs } from './backoff.js';

it('spreads reconnects over the whole bound, which doubles up to half a minute', () => {
  fc.assert(
    fc.property(fc.nat(40), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (attempt, chance) => {
      const wait = backoffMs(attempt, () => chance);
      expect(wait).toBeGreaterThanOrEqual(0);
      expect(wait).toBeLessThan(Math.min(30_000, 500 * 2 ** attempt));
    }),
  );
  expect(backoffMs(3, () => 0)).toBe(0);
  expect(backoffMs(3, () => 0.999)).toBeGreaterThan(3_900);
});
