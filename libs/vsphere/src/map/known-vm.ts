import type { MapForeignDisk, MapRawMapping, MapVm } from '@lunwarden/contract';
import type { PlacedVm } from './vm.js';
import type { VmDevices } from './vm-devices.js';

/** What was read of a VM's devices, and at which version of its configuration. */
export interface KnownVm {
  readonly changeVersion: string;
  readonly rawMappings: readonly MapRawMapping[];
  readonly foreignDisks: readonly MapForeignDisk[];
}

/** config.changeVersion is another one after every change of the configuration; without one nothing is proven. */
export const isUnchanged = ({ changeVersion }: MapVm, known: KnownVm | undefined): boolean =>
  changeVersion !== null && known?.changeVersion === changeVersion;

/** Devices of the VMs that did not change. */
export function reuse(
  vms: ReadonlyMap<string, PlacedVm>,
  knownVms: ReadonlyMap<string, KnownVm>,
): Map<string, VmDevices> {
  const same = new Map<string, VmDevices>();
  for (const [id, { value }] of vms) {
    const known = knownVms.get(id);
    if (known !== undefined && isUnchanged(value, known)) same.set(id, known);
  }
  return same;
}
