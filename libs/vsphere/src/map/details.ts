import type { LunMap, MapAdapter, MapDetails, MapHostPaths, MapLun } from '@lunwarden/contract';
import type { DevicesRead } from '../collect/collect-devices.js';
import type { GapList } from '../collect/gap-list.js';
import { joinRawMappings } from './raw-mapping.js';
import type { PlacedVm } from './vm.js';
import { ownersOf, type VmDevices } from './vm-devices.js';

/** What grows too large to be read every time: LUNs of some hosts, adapters of all, disks of all VMs. */
export interface Details {
  readonly luns: readonly MapLun[];
  readonly adapters: readonly MapAdapter[];
  readonly devices: readonly VmDevices[];
  readonly paths: readonly MapHostPaths[];
  readonly gaps: GapList;
  /** What the lists lack although the map is whole. */
  readonly lacking: GapList;
}

export function detailsOf(
  { luns, adapters, paths, devices, lacking }: Details,
  vms: ReadonlyMap<string, PlacedVm>,
): MapDetails {
  return {
    luns: [...luns],
    adapters: [...adapters],
    rawMappings: joinRawMappings(
      devices.flatMap(({ rawMappings }) => rawMappings),
      luns,
    ),
    foreignDisks: ownersOf(
      devices.flatMap(({ foreignDisks }) => foreignDisks),
      homesOf(vms),
    ),
    paths: [...paths],
    gaps: lacking.toArray(),
  };
}

/** One whose devices could not be read is left out: nobody may take its disks for none. */
export function watchedOf({ vms: read, gaps }: DevicesRead, vms: ReadonlyMap<string, PlacedVm>): LunMap['watched'] {
  const unread = new Set(gaps.toArray().map(({ object }) => object));
  const whole = [...read].filter(([id]) => !unread.has(`VirtualMachine:${id}`) && vms.has(id));
  const disks = whole.flatMap(([, { foreignDisks }]) => foreignDisks);
  return { vms: whole.map(([id]) => id), foreignDisks: ownersOf(disks, homesOf(vms)) };
}

const homesOf = (vms: ReadonlyMap<string, PlacedVm>): Map<string, string> =>
  new Map([...vms].flatMap(([id, { home }]) => (home === null ? [] : [[id, home] as const])));
