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
import type { InventoryView, ProxyVm } from './facts/inventory-view.js';
import { whatIf } from './what-if.js';

const machine = (isVirtual: boolean, vendor = 'VMware, Inc.') => ({
  machine: { value: { isVirtual, vendor, model: 'm', biosUuid: null } },
});
const map = mapOf([datastoreOn(storyNaa(1), 'gold', [1])], storyNow);
const gold = {
  id: map.datastores[0]?.id ?? '',
  name: 'gold',
  volume: map.datastores[0]?.vmfsUuid ?? '',
  isEverywhere: true,
};
const vm = (hotAdd: ProxyVm['hotAdd']): InventoryView['proxyVm'] => ({
  value: {
    name: 'proxy',
    foreignDisks: { value: [] },
    isWorking: { value: false },
    snapshots: { value: [] },
    isInBackupJob: { value: false },
    ...(hotAdd === undefined ? {} : { hotAdd }),
  },
});
const host = (proxyVm: InventoryView['proxyVm'], isVirtual = true, observedAt = storyNow) => ({
  ...hostOf(windowsFacts({ ...machine(isVirtual), disks: { value: [windowsBootDisk(), vmfsDisk(1)] } }), { map }),
  inventory: { observedAt, proxyVm, leftovers: { value: [] }, esxiHosts: { value: [] } },
});
const reach = (...datastores: (typeof gold)[]) => vm({ value: datastores });
const unknown = { unknown: 'conflict', detail: '2 VMs share its UUID' } as const;

describe('hot-add', () => {
  it.each([
    ['of a physical host', host(reach(gold), false), 'no', 'physical'],
    ['of a VM that no map tells apart', host(unknown), 'unknown', '2 VMs share its UUID'],
    ['of a VM whose reach nobody asked', host(vm(undefined)), 'unknown', 'did not ask'],
    ['by a map that is too old', host(reach(gold), true, '2026-11-20T01:00:00Z'), 'unknown', 'too old'],
    ['where its cluster mounts nothing it needs', host(reach({ ...gold, id: 'x', volume: 'x' })), 'no', 'mounts gold'],
    ['where only some hosts mount it', host(reach({ ...gold, isEverywhere: false })), 'yes', 'Not every host'],
    ['where its cluster mounts all it needs', host(reach(gold)), 'yes', 'the 1 datastores that it needs'],
  ] as const)('%s', (_name, facts, feasible, words) => {
    const found = assess(facts, storyNow).modes.find(({ mode }) => mode === 'virtual-appliance');
    expect(found?.feasible).toBe(feasible);
    expect(found?.feasibility).toContain(words);
    expect(whatIf(facts, storyNow, { mode: 'virtual-appliance' })).toMatchObject({ feasible });
  });
});
