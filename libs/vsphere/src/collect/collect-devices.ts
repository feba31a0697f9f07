import { deviceParts, devicePath, devicePaths, readVmDevices, type VmDevices } from '../map/vm-devices.js';
import type { Session } from '../session.js';
import { collectType } from './collect-type.js';
import { GapList } from './gap-list.js';
import type { ObjectContent } from './object-content.js';
import type { Restarts } from './restarts.js';
import { retrieveProperties } from './retrieve-properties.js';

export interface DevicesRead {
  readonly vms: ReadonlyMap<string, VmDevices>;
  readonly gaps: GapList;
}

/** vSphere tells 6 to 15 KB of devices a VM, and refuses requests of more than 500,000 elements. */
const vmsAPage = 250;

type Asking = { readonly session: Session; readonly restarts: Restarts };

const readInto = (object: ObjectContent, gaps: GapList): VmDevices =>
  readVmDevices(object, (what) => gaps.add(object.ref, devicePath, `does not fit: ${what}`));

/** Devices of every VM. */
export async function collectAllDevices({ session, restarts }: Asking): Promise<DevicesRead> {
  const of = { types: ['VirtualMachine'], type: 'VirtualMachine' };
  const query = { ...of, paths: devicePaths, only: deviceParts, pageSize: vmsAPage };
  const read = await restarts.run(`VirtualMachine ${devicePath}`, () =>
    collectType(session, { ...query, map: readInto }),
  );
  return { vms: read.objects, gaps: read.gaps };
}

/** Devices of these VMs; one that was deleted meanwhile is no gap. */
export async function collectDevicesOf({ session, restarts }: Asking, ids: readonly string[]): Promise<DevicesRead> {
  const vms = new Map<string, VmDevices>();
  const gaps = new GapList();
  for (let at = 0; at < ids.length; at += vmsAPage) {
    const objects = ids.slice(at, at + vmsAPage).map((id) => ({ kind: 'VirtualMachine', id }));
    const of = { type: 'VirtualMachine', from: { objects } };
    const query = { ...of, paths: devicePaths, only: deviceParts, pageSize: vmsAPage };
    const page = await restarts.run(`VirtualMachine ${devicePath}`, async () => {
      const own = { vms: new Map<string, VmDevices>(), gaps: new GapList() };
      await retrieveProperties(session, query, (object) => {
        if (object.missing.some(({ fault }) => fault.kind === 'ManagedObjectNotFound')) return;
        for (const { path, fault } of object.missing) own.gaps.add(object.ref, path, fault.reason);
        own.vms.set(object.ref.id, readInto(object, own.gaps));
      });
      return own;
    });
    for (const [id, devices] of page.vms) vms.set(id, devices);
    gaps.addAll(page.gaps);
  }
  return { vms, gaps };
}
