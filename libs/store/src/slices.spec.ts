import { setImmediate } from 'node:timers';
import { describe, expect, it } from 'vitest';
import { inSlices } from './slices.js';

/** Holds the thread up for about half a millisecond. */
function compute(n: number): number {
  for (const end = performance.now() + 0.5; performance.now() < end; );
  return n * 2;
}

/** @returns turns of others while `work` ran */
async function turnsDuring(work: () => Promise<unknown>): Promise<number> {
  let turns = 0;
  let timer = setImmediate(function again() {
    turns++;
    timer = setImmediate(again);
  });
  await work();
  clearImmediate(timer);
  return turns;
}

describe('work in slices', () => {
  it('brings what it would bring in one piece, in order', async () => {
    const items = Array.from({ length: 100 }, (_, n) => n);
    expect(await inSlices(items, compute)).toEqual(items.map((n) => n * 2));
  });

  it('lets others have their turn when it takes long, and does not wait when it is short', async () => {
    const many = Array.from({ length: 200 }, (_, n) => n);
    expect(await turnsDuring(() => inSlices(many, compute))).toBeGreaterThanOrEqual(10);
    expect(await turnsDuring(() => inSlices([1, 2, 3], (n) => n))).toBe(0);
  });

  it('shares a turn with other work in slices', async () => {
    const some = Array.from({ length: 9 }, (_, n) => n);
    const turns = await turnsDuring(() => Promise.all(Array.from({ length: 20 }, () => inSlices(some, compute))));
    expect(turns).toBeGreaterThanOrEqual(10);
  });

  it('breaks off with the item that fails', async () => {
    const seen: number[] = [];
    const failing = inSlices([1, 2, 3], (n) => {
      seen.push(n);
      if (n === 2) throw new RangeError('two');
    });
    await expect(failing).rejects.toThrow('two');
    expect(seen).toEqual([1, 2]);
  });
});
