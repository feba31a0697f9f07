import type { MapAdapter, MapDetails, MapLun } from '@lunwarden/contract';
import type { GapList } from '../collect/gap-list.js';
import { joinRawMappings } from './raw-mapping.js';
import type { PlacedVm } from './vm.js';
import { ownersOf, type VmDevices } from './vm-devices.js';

/** What grows too large to be read every time: LUNs of some hosts, adapters of all, disks of all VMs. */
export interface Details {
  readonly luns: readonly MapLun[];
  readonly adapters: readonly MapAdapter[];
  readonly devices: readonly VmDevices[];
  readonly gaps: GapList;
}

export function detailsOf({ luns, adapters, devices }: Details, vms: ReadonlyMap<string, PlacedVm>): MapDetails {
  const homes = new Map([...vms].flatMap(([id, { home }]) => (home === null ? [] : [[id, home] as const])));
  return {
    luns: [...luns],
    adapters: [...adapters],
    rawMappings: joinRawMappings(
      devices.flatMap(({ rawMappings }) => rawMappings),
      luns,
    ),
    foreignDisks: ownersOf(
      devices.flatMap(({ foreignDisks }) => foreignDisks),
      homes,
    ),
  };
}
