import { setImmediate } from 'node:timers';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { inSlices } from './slices.js';

function holdUp(ms: number): void {
  for (const end = performance.now() + ms; performance.now() < end; );
}

function compute(n: number): number {
  holdUp(0.5);
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

  it('keeps nobody with little to do waiting for those with much', async () => {
    const ends: string[] = [];
    const much = inSlices(Array.from({ length: 150 }), () => holdUp(2)).then(() => ends.push('much'));
    await sleep(20);
    await Promise.all(
      ['one', 'two', 'three'].map((name) => inSlices([1, 2], () => holdUp(2)).then(() => ends.push(name))),
    );
    expect(ends).toEqual(['one', 'two', 'three']);
    await much;
    expect(ends).toHaveLength(4);
  });

  it('nor for those who come again and again', async () => {
    let again = 0;
    const chain = (async () => {
      for (; again < 40; again++) await inSlices(Array.from({ length: 10 }), () => holdUp(2));
    })();
    await sleep(20);
    const before = again;
    await inSlices([1, 2], () => holdUp(2));
    expect(again - before).toBeLessThan(5);
    await chain;
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
