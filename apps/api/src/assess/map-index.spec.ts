import { setImmediate } from 'node:timers';
import { datastoreOn, storyNaa } from '@lunwarden/sample-fleet';
import type { MapIndexRows } from '@lunwarden/store';
import { describe, expect, it } from 'vitest';
import { InventoryIndex } from './inventory/inventory-index.js';
import { MapIndex } from './map-index.js';

/** Every tenth VM lies on the next datastore, too. */
function rowsOf(count: number): MapIndexRows {
  const datastores = Array.from({ length: count }, (_, at) =>
    datastoreOn(
      storyNaa(at + 1),
      `ds-${at}`,
      Array.from({ length: 25 }, (_one, vm) => at * 25 + vm).concat(at > 0 ? [at * 25 - 10, at * 25 - 20] : []),
    ),
  );
  const plain = { isStale: false, isCopy: false, isNewGeneration: false };
  return { version: 1, vcenters: [], datastores: datastores.map((datastore) => ({ ...datastore, ...plain })) };
}
const inventory = new InventoryIndex({
  version: 1,
  vcenters: [],
  datastores: [],
  esxiHosts: [],
  clusters: [],
  leftovers: [],
});

describe('the index of the maps, made in slices', () => {
  it('answers as the one that is made in one piece', async () => {
    const rows = rowsOf(200);
    const [sliced, whole] = [await MapIndex.inSlices(rows, inventory), new MapIndex(rows, inventory)];
    const keys = rows.datastores.slice(50, 90).flatMap(({ extents }) => extents.flat());
    expect(keys.length).toBeGreaterThan(0);
    expect(sliced.viewOf(keys)).toEqual(whole.viewOf(keys));
    const ids = rows.datastores.map(({ id }) => id);
    expect(sliced.vmsOn(ids)).toBe(200 * 25);
    expect(whole.vmsOn(ids)).toBe(200 * 25);
  });

  it('lets whoever waits have a turn meanwhile', async () => {
    const rows = rowsOf(8_000);
    let turns = 0;
    let timer = setImmediate(function again() {
      turns++;
      timer = setImmediate(again);
    });
    await MapIndex.inSlices(rows, inventory);
    clearImmediate(timer);
    expect(turns).toBeGreaterThan(2);
  });
});
