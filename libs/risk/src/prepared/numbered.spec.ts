import {
  datastoreOn,
  hostOf,
  storyNaa,
  storyNow,
  vmfsDisk,
  windowsBootDisk,
  windowsFacts,
} from '@lunwarden/sample-fleet';
import { describe, expect, it } from 'vitest';
import { countVms } from '../exposure.js';
import type { MappedDatastore, MapView } from '../facts.js';
import { defaultPolicy } from '../policy.js';
import { Join } from './join.js';
import { LunNumbers } from './lun-numbers.js';
import { numberedMap } from './numbered-map.js';
import { prepare } from './prepare.js';
import { SharedVms, withSharedVms } from './shared-vms.js';

const fresh = '2026-11-20T05:50:00Z';
const gold: MappedDatastore = datastoreOn(storyNaa(1), 'gold', [1, 2, 3]);
const silver: MappedDatastore = datastoreOn(storyNaa(2), 'silver', [3, 4], 'datastore-2');
const bronze: MappedDatastore = datastoreOn(storyNaa(3), 'bronze', [3, 5], 'datastore-3');
const mapWith = (datastores: MappedDatastore[], collectedAt: string): MapView => ({
  vcenters: [{ name: gold.vcenter, collectedAt, gaps: [] }],
  datastores,
});
const number = (vm: string) => Number(vm.split('vm-')[1]);

describe('VMs that lie on several datastores', () => {
  const shared = withSharedVms([gold, silver, bronze]).map(({ sharedVmIds }) => sharedVmIds?.map(number));

  it('are marked on each of them, and no other VM is', () => expect(shared).toEqual([[3], [3], [3]]));

  it('are counted once, whichever of the datastores are in reach', () => {
    const all = withSharedVms([gold, silver, bronze]);
    expect(countVms(all)).toBe(5);
    expect(countVms(all.slice(0, 2))).toBe(4);
    expect(countVms([gold, silver])).toBe(4);
    expect(countVms([])).toBe(0);
  });

  it('are none for having been told twice of one datastore', () => {
    const twice = new SharedVms();
    twice.note(gold);
    twice.note(gold);
    expect(twice.mark(gold).sharedVmIds).toEqual([]);
    twice.note(silver);
    twice.note(gold);
    expect(twice.mark(gold).sharedVmIds?.map(number)).toEqual([3]);
    expect(twice.mark(bronze).sharedVmIds?.map(number)).toEqual([3]);
  });
});

describe('a host that is joined with numbered maps', () => {
  const join = (view: MapView, ...luns: number[]) => {
    const numbers = new LunNumbers();
    const disks = [windowsBootDisk(), ...luns.map((lun) => vmfsDisk(lun))];
    const host = prepare(hostOf(windowsFacts({ disks: { value: disks } })), storyNow, numbers);
    const joined = new Join(numberedMap(view, numbers), { asOf: Date.parse(storyNow), policy: defaultPolicy });
    // Asked twice: nothing of the first answer may be left in the second.
    expect(joined.of(host)).toEqual(joined.of(host));
    const { vms, datastores, isComplete } = joined.of(host);
    return { vms, datastores, isComplete };
  };
  const view = mapWith([gold, silver], fresh);
  const marked = { ...view, datastores: withSharedVms(view.datastores) };

  it.each([
    ['as it comes', view],
    ['with its shared VMs marked', marked],
  ])('reaches each VM once, by a map %s', (_how, map) => {
    expect(join(map, 1)).toEqual({ vms: 3, datastores: 1, isComplete: true });
    expect(join(map, 1, 2)).toEqual({ vms: 4, datastores: 2, isComplete: true });
    expect(join(map)).toEqual({ vms: 0, datastores: 0, isComplete: true });
  });

  it('counts a datastore on two of its LUNs once', () => {
    const spanning = { ...gold, extents: [...gold.extents, ...silver.extents] };
    expect(join(mapWith([spanning], fresh), 1, 2)).toEqual({ vms: 3, datastores: 1, isComplete: true });
  });

  it.each<[string, MapView]>([
    ['a LUN is on no map', mapWith([silver], fresh)],
    ['a map is too old', mapWith([gold], '2026-11-20T03:00:00Z')],
    ['its vCenter is configured no longer', { ...mapWith([gold], fresh), datastores: [{ ...gold, vcenter: 'gone' }] }],
    ['a datastore is stale', { ...view, datastores: [{ ...gold, isStale: true }] }],
    ['a datastore is of a new generation', { ...view, datastores: [{ ...gold, isNewGeneration: true }] }],
  ])('does not know all of its reach where %s', (_why, map) => {
    expect(join(map, 1).isComplete).toBe(false);
  });
});
