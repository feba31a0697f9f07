import {
  datastoreOn,
  hostOf,
  mapOf,
  storyNaa,
  storyNow,
  vmfsDisk,
  windowsBootDisk,
  windowsFacts,
} from '@lunwarden/sample-fleet';
import { describe, expect, it } from 'vitest';
import { assess } from './assess.js';
import type { HotAddReach, InventoryView } from './facts/inventory-view.js';
import type { Facts } from './facts.js';
import { unknown } from './testing/cases.js';
import { around } from './testing/products.js';

const fresh = '2026-11-20T05:50:00Z';
const gold = datastoreOn(storyNaa(1), 'gold', [1]);
const silver = datastoreOn(storyNaa(2), 'silver', [2], 'datastore-2');
const reach = (of: typeof gold, isEverywhere = true): HotAddReach => ({
  id: of.id,
  name: of.name,
  volume: of.vmfsUuid ?? of.id,
  isEverywhere,
});
const inventory = (hotAdd: HotAddReach[]): InventoryView => ({
  observedAt: storyNow,
  proxyVm: {
    value: {
      name: 'proxy',
      foreignDisks: { value: [] },
      isWorking: { value: false },
      snapshots: { value: [] },
      isInBackupJob: { value: false },
      hotAdd: { value: hotAdd },
    },
  },
  leftovers: { value: [] },
  esxiHosts: { value: [] },
});
const machine = { value: { isVirtual: true, vendor: 'VMware, Inc.', model: 'm', biosUuid: null } };
const disks = { value: [windowsBootDisk(), vmfsDisk(1), vmfsDisk(2)] };
const host = (hotAdd: HotAddReach[], change: Partial<Facts> = {}): Facts => ({
  ...hostOf(windowsFacts({ machine, disks }), { map: mapOf([gold, silver], fresh) }),
  inventory: inventory(hotAdd),
  ...change,
});
const jobs = (...ids: string[]) => around({ proxy: { neededDatastores: { value: ids } } });
function told(facts: Facts) {
  const { feasible, feasibility } =
    assess(facts, storyNow).modes.find(({ mode }) => mode === 'virtual-appliance') ?? {};
  return `${feasible}: ${feasibility}`;
}

describe('a proxy that attaches disks of guests', () => {
  it('needs what its jobs name, and no more', () => {
    const one = told(host([reach(gold)], jobs(gold.id)));
    expect(one).toBe('yes: Every host of its cluster mounts the 1 datastores that it needs');
    expect(told(host([reach(gold)]))).toBe(
      'no: No host of its cluster mounts silver: VMs there would go over the network without a word',
    );
    expect(told(host([reach(gold)], jobs(silver.id)))).toMatch(/^no: No host of its cluster mounts silver:/);
  });

  it('is told of a datastore that only its jobs know by the name that they have for it', () => {
    expect(told(host([reach(gold)], jobs('lost/datastore-9')))).toMatch(/^no: .* mounts lost\/datastore-9:/);
    const elsewhere = { ...reach(gold), id: 'lost/datastore-9', volume: 'v' };
    expect(told(host([elsewhere], jobs('lost/datastore-9')))).toMatch(/^yes: Every host/);
  });

  it('needs what it sees on the SAN where nobody knows what its jobs name', () => {
    const both = 'yes: Every host of its cluster mounts the 2 datastores that it needs';
    const all = [reach(gold), reach(silver)];
    expect(told(host(all))).toBe(both);
    expect(told(host(all, around({ proxy: { neededDatastores: { value: null } } })))).toBe(both);
    expect(told(host(all, around({ proxy: { neededDatastores: unknown } })))).toBe(both);
    expect(told(host(all, around({ proxy: null })))).toBe(both);
  });

  it('finds a volume under the name of another vCenter, and one without a UUID by its id', () => {
    expect(told(host([{ ...reach(gold), id: 'other/datastore-1' }], jobs(gold.id)))).toMatch(/^yes: Every host/);
    const bare = { ...gold, vmfsUuid: null };
    const map = mapOf([bare], fresh);
    expect(told(host([reach(bare)], { map }))).toMatch(/^yes: Every host/);
  });

  it('is told to stay where a datastore is mounted, if that is not everywhere', () => {
    expect(told(host([reach(gold, false), reach(silver)]))).toBe(
      'yes: Not every host of its cluster mounts gold: keep the proxy on one that does',
    );
    const twice = [reach(gold), { ...reach(gold, false), id: 'other/datastore-1' }];
    expect(told(host(twice, jobs(gold.id)))).toMatch(/^yes: Every host/);
  });

  it('has something to reach without any need, or nothing at all', () => {
    expect(told(host([reach(gold)], jobs()))).toBe('yes: Its cluster mounts 1 datastores');
    expect(told(host([], jobs()))).toBe('no: No host of its cluster mounts a datastore');
  });

  it('is told no more than a page holds', () => {
    const long = Array.from({ length: 5 }, (_, at) => `${'x'.repeat(90)}${at}`);
    expect(told(host([reach(gold)], jobs(...long)))).toHaveLength('no: '.length + 300);
  });
});
