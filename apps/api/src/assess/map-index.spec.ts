import { setImmediate } from 'node:timers';
import { LunNumbers, numberedMap, withSharedVms } from '@lunwarden/risk';
import { datastoreOn, storyNaa } from '@lunwarden/sample-fleet';
import type { InventoryRows, MapIndexRows } from '@lunwarden/store';
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
/** Ten clusters that reach all datastores; what every hundredth mounts, its hundred neighbours mount, too. */
function inventoryOf(count: number): InventoryRows {
  const datastores = Array.from({ length: count }, (_, at) => ({
    ...{ id: `vc/ds-${at}`, name: `ds-${at}`, volume: `volume-${at}` },
    hosts: `host-${Math.floor(at / 100) % 20} host-${(Math.floor(at / 100) + 1) % 20}`,
  }));
  return {
    ...{ version: 1, vcenters: [], datastores },
    esxiHosts: Array.from({ length: 20 }, (_, at) => ({
      ...{ id: `vc/host-${at}`, name: `esx-${at}`, version: '8.0.3', build: '24022510' },
    })),
    clusters: Array.from({ length: 10 }, (_, at) => ({
      key: `vc/cluster-${at}`,
      datastores: datastores.map(({ id }) => ({ id, isEverywhere: at % 2 === 0 })),
    })),
    leftovers: datastores.map(({ volume }, at) => ({ vm: `vm-${at}`, snapshot: null, volumes: [volume] })),
  };
}
const none = { version: 1, vcenters: [], datastores: [], esxiHosts: [], clusters: [], leftovers: [] };

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

describe('the index of the maps, made in slices', () => {
  it('answers as the one that is made in one piece', async () => {
    const inventory = await InventoryIndex.of(none);
    const rows = rowsOf(200);
    const [sliced, whole] = [await MapIndex.inSlices(rows, inventory), new MapIndex(rows, inventory)];
    const keys = rows.datastores.slice(50, 90).flatMap(({ extents }) => extents.flat());
    expect(keys.length).toBeGreaterThan(0);
    expect(sliced.viewOf(keys)).toEqual(whole.viewOf(keys));
    const ids = rows.datastores.map(({ id }) => id);
    expect(sliced.vmsOn(ids)).toBe(200 * 25);
    expect(whole.vmsOn(ids)).toBe(200 * 25);
  });

  it('has the numbers of the map that is numbered in one piece, and makes them once', async () => {
    const index = await MapIndex.inSlices(rowsOf(200), await InventoryIndex.of(none));
    const view = { vcenters: [], datastores: withSharedVms(rowsOf(200).datastores) };
    const [own, theirs] = [new LunNumbers(), new LunNumbers()];
    const numbered = await index.numbered(own);
    expect(numbered).toEqual(numberedMap(view, theirs));
    expect(numbered.sharedVmCount).toBe(199 * 2);
    expect(await index.numbered(own)).toBe(numbered);
  });

  it('lets whoever waits have a turn meanwhile', async () => {
    const inventory = await InventoryIndex.of(none);
    const rows = rowsOf(8_000);
    let index = new MapIndex(rows, inventory, []);
    expect(
      await turnsDuring(async () => {
        index = await MapIndex.inSlices(rows, inventory);
      }),
    ).toBeGreaterThan(2);
    expect(await turnsDuring(() => index.numbered(new LunNumbers()))).toBeGreaterThan(0);
  });
});

describe('what the maps say around the LUNs', () => {
  it('is told by volume and by cluster, however many there are, and nobody waits for it meanwhile', async () => {
    let index = await InventoryIndex.of(none);
    const rows = inventoryOf(8_000);
    expect(
      await turnsDuring(async () => {
        index = await InventoryIndex.of(rows);
      }),
    ).toBeGreaterThan(0);
    const mounting = index.hostsMounting(['volume-0', 'volume-99', 'volume-250'], ['vc/host-9']);
    expect(mounting.map(({ name }) => name)).toEqual(['esx-0', 'esx-1', 'esx-2', 'esx-3', 'esx-9']);
    expect(index.reachOf('vc/cluster-3')).toHaveLength(8_000);
    expect(index.reachOf('vc/cluster-3')[7]).toEqual({
      ...{ id: 'vc/ds-7', name: 'ds-7', volume: 'volume-7', isEverywhere: false },
    });
    expect(index.leftoversOn(['volume-5', 'volume-6'])).toEqual([
      { vm: 'vm-5', snapshot: null },
      { vm: 'vm-6', snapshot: null },
    ]);
  });
});
