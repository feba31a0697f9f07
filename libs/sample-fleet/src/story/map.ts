import { type LunKey, type MapGap, naaKey } from '@lunwarden/contract';
import { storyNaa } from './disks.js';

/** `ServiceContent.about.instanceUuid` of the story's vCenter. */
export const storyVcenter = { name: 'vcenter-prod', uuid: '2f0d5a4e-5b0f-4f47-9a2e-7c3c1b1d9e01' } as const;

/** One datastore as one host's LUNs reach it: the shape of `MappedDatastore` in `@lunwarden/risk`. */
export type StoryDatastore = {
  id: string;
  name: string;
  vcenter: string;
  vmfsUuid: string | null;
  extents: LunKey[][];
  vmIds: string[];
};

/** The shape of `MapView` in `@lunwarden/risk`. */
export type StoryMapView = {
  vcenters: { name: string; collectedAt: string | null; gaps: MapGap[] }[];
  datastores: StoryDatastore[];
};

/** A datastore of one extent. `vms` are VM numbers within the vCenter, so that two datastores may share a VM. */
export function datastoreOn(
  naa: string,
  name: string,
  vms: readonly number[],
  moref = `datastore-${name}`,
): StoryDatastore {
  const key = naaKey(naa);
  return {
    id: `${storyVcenter.uuid}/${moref}`,
    name,
    vcenter: storyVcenter.name,
    vmfsUuid: `5f3a7c11-${naa.slice(-8)}-4d1e-a036${naa.slice(-8)}`,
    extents: key === null ? [] : [[key]],
    vmIds: vms.map((vm) => `${storyVcenter.uuid}/vm-${vm}`),
  };
}

/** A complete map of the story's vCenter, collected at `collectedAt`. */
export function mapOf(datastores: StoryDatastore[], collectedAt: string | null): StoryMapView {
  return { vcenters: [{ name: storyVcenter.name, collectedAt, gaps: [] }], datastores };
}

/** How many LUNs, each with one datastore, the story's proxy sees, and the VMs that live there. */
export const storySize = { luns: 12, vms: 400 } as const;

/**
 * Twelve datastores with 400 distinct VMs in all. Every fortieth VM has a disk on the next datastore too:
 * counting datastore by datastore would find 410.
 */
export function storyDatastores(): StoryDatastore[] {
  return Array.from({ length: storySize.luns }, (_, index) => {
    const vms = Array.from({ length: storySize.vms }, (_, vm) => vm + 1).filter(
      (vm) => vm % storySize.luns === index || (vm % 40 === 0 && (vm + 1) % storySize.luns === index),
    );
    return datastoreOn(storyNaa(index + 1), `prod-vmfs-${String(index + 1).padStart(2, '0')}`, vms);
  });
}

/** The map in force while the story happens. */
export const storyMap = (collectedAt: string): StoryMapView => mapOf(storyDatastores(), collectedAt);
