import type { LunMap, VcenterTrust } from '@lunwarden/contract';
import { collectAllDevices, collectDevicesOf, type DevicesRead } from './collect/collect-devices.js';
import { collectHardware } from './collect/collect-hardware.js';
import { collectRest, collectVms, type Progress, type Reading } from './collect/collect-inventory.js';
import type { Collected } from './collect/collect-type.js';
import { Restarts } from './collect/restarts.js';
import { assembleLunMap, type Inventory } from './map/assemble-lun-map.js';
import type { Details } from './map/details.js';
import { isUnchanged, type KnownVm, reuse } from './map/known-vm.js';
import type { PlacedVm } from './map/vm.js';
import { withSession } from './open-session.js';
import type { Session } from './session.js';
import type { Timeouts } from './transport/timeouts.js';

export interface VcenterOptions {
  /** `https://vcenter.example.com`; with trust `loopback` `http://127.0.0.1:port`. */
  readonly url: string;
  readonly username: string;
  readonly password: string;
  readonly trust: VcenterTrust;
  /** For everything together, in milliseconds; 30 minutes when absent. */
  readonly deadlineMs?: number;
  /** Datastores, hosts or VMs a page; 1000 when absent. vCenter may send fewer. */
  readonly pageSize?: number;
  readonly signal?: AbortSignal;
  readonly now: () => Date;
  readonly onProgress?: (progress: Progress) => void;
  /** Also LUNs, adapters, raw device mappings and foreign disks: some 10 KB a VM and 4 KB a LUN more, so not for every time. */
  readonly details?: boolean;
  /** What is known of VMs by moref from the last time: with `details`, the devices of those that did not change are not read again. */
  readonly knownVms?: ReadonlyMap<string, KnownVm>;
  /** VMs whose devices are read every time, by moref: the proxies. Without `details`, which reads those of all. */
  readonly watchedVms?: readonly string[];
  /** Told once at the end: bytes of all answers as they came over the network. */
  readonly onTraffic?: (bytes: number) => void;
  /** Shorter ones for tests and impatient networks. */
  readonly timeouts?: Partial<Timeouts>;
}

/**
 * Reads which datastore lives on which LUNs, who mounts it, and which VMs live there. Nothing is written to the vCenter
 * and one session is open meanwhile, closed also after a failure.
 * @throws VsphereError when there is no map at all. A map with parts missing is returned with `complete` false and the
 * gaps named.
 */
export async function collectLunMap(options: VcenterOptions): Promise<LunMap> {
  const startedAt = options.now();
  return await withSession(options, async (session, timeouts) => {
    const reading = readingOf(session, timeouts, options);
    const [inventory, devices] = await collectBoth(reading, options);
    const more = devices === null ? null : await detailsWith(reading, inventory, devices);
    const watched = more === null ? await watchedOf(reading, inventory, options) : null;
    const times = { startedAt, finishedAt: options.now() };
    return assembleLunMap({ content: session.content, ...inventory, more, watched, ...times });
  });
}

export const readingOf = (session: Session, timeouts: Timeouts, options: VcenterOptions): Reading => ({
  session,
  restarts: new Restarts(session, timeouts.restartMs),
  pageSize: options.pageSize ?? 1000,
  onProgress: options.onProgress ?? (() => undefined),
});

/** Two requests are in flight at most: while the vCenter writes one answer, the other is read. */
async function collectBoth(reading: Reading, options: VcenterOptions): Promise<[Inventory, DevicesRead | null]> {
  const vms = collectVms(reading);
  const inventory = vms.then(async (read): Promise<Inventory> => ({ vms: read, ...(await collectRest(reading)) }));
  const { details, knownVms } = options;
  if (details !== true) return [await inventory, null];
  const devices =
    knownVms === undefined ? collectAllDevices(reading) : vms.then((read) => devicesSince(reading, read, knownVms));
  const [one, other] = await Promise.allSettled([inventory, devices]);
  // Only now, so that none uses a session that was given back.
  if (one.status === 'rejected') throw one.reason;
  if (other.status === 'rejected') throw other.reason;
  return [one.value, other.value];
}

/** Reads the devices of the VMs that are new or another version, and takes those of the others from before. */
async function devicesSince(
  reading: Reading,
  { objects }: Collected<PlacedVm>,
  knownVms: ReadonlyMap<string, KnownVm>,
): Promise<DevicesRead> {
  const changed = [...objects.values()].filter(({ value }) => !isUnchanged(value, knownVms.get(value.id)));
  const { vms, gaps } = await collectDevicesOf(
    reading,
    changed.map(({ value }) => value.id),
  );
  return { vms: new Map([...reuse(objects, knownVms), ...vms]), gaps };
}

export async function watchedOf(
  reading: Reading,
  { vms }: Inventory,
  { watchedVms }: VcenterOptions,
): Promise<DevicesRead | null> {
  if (watchedVms === undefined) return null;
  return await collectDevicesOf(
    reading,
    watchedVms.filter((id) => vms.objects.has(id)),
  );
}

async function detailsWith(reading: Reading, { hosts, datastores }: Inventory, devices: DevicesRead): Promise<Details> {
  const estate = { hosts: [...hosts.objects.values()], datastores: [...datastores.objects.values()] };
  const hardware = await collectHardware(reading, estate);
  hardware.gaps.addAll(devices.gaps);
  return { ...hardware, devices: [...devices.vms.values()] };
}
