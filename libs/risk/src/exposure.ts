import type { Exposure } from '@lunwarden/contract';
import type { Facts, MappedDatastore, MapView } from './facts.js';
import { type Lun, lunsOf } from './lun.js';
import { mapGaps } from './map-gaps.js';
import { mapTold, type Told } from './reading.js';
import { type SeenDisk, seenDisks } from './seen-disk.js';
import type { Trusts } from './trust.js';
import { isInDoubt, isWhole, type Moment } from './whole-map.js';

/** Every LUN in sight of the host; unknown if nobody ever read its disk list. */
export function lunsInSight(facts: Facts, trusts: Trusts, moment: Moment): Told<Lun[]> {
  const { map } = facts;
  return mapTold(disksInSight(facts, trusts), (disks) => lunsOf(disks, map, hasEveryMap(map.vcenters, moment)));
}

/** The disks alone, whatever the maps say of them. */
export function disksInSight({ report }: Pick<Facts, 'report'>, trusts: Trusts): Told<SeenDisk[]> {
  if (report === null) return { kind: 'unknown', why: 'never_reported' };
  const disks = seenDisks(report.facts, report.remembered, trusts.hostState);
  // No machine is without a disk: an empty list was cut, or read without rights.
  return disks.kind === 'certain' && disks.value.length === 0 ? { kind: 'unknown', why: 'truncated' } : disks;
}

/** There is a vCenter, and the map of each is whole: what they do not show is not there. */
export const hasEveryMap = (vcenters: MapView['vcenters'], moment: Moment): boolean =>
  vcenters.length > 0 && vcenters.every((one) => isWhole(one, moment));

/** Those that are VMFS, or that nobody can tell from VMFS (R11). */
export const vmfsLuns = (luns: readonly Lun[]): Lun[] => luns.filter(({ isVmfs }) => isVmfs !== 'no');

/** What a careless write on this host could reach. A stale list or map still counts: what it shows was there. */
export function exposureOf(
  luns: Told<Lun[]>,
  vmfs: readonly Lun[],
  { map, asOf, policy }: Moment & { map: MapView },
): Exposure {
  const datastores = distinctDatastores(vmfs);
  const unmapped = vmfs.reduce((count, lun) => (lun.datastores.length === 0 ? count + 1 : count), 0);
  // An old list that shows LUNs still counts them; an old list that shows none does not say that there are none.
  const isCounted = luns.kind === 'certain' || vmfs.length > 0;
  const maps = mapsOf(datastores, map);
  const isComplete =
    luns.kind === 'certain' &&
    unmapped === 0 &&
    !datastores.some(isInDoubt) &&
    maps.every((one) => isWhole(one, { asOf, policy }));
  const gaps = isComplete ? [] : mapGaps(map, datastores, { asOf, policy });
  return {
    visibleDisks: luns.kind === 'certain' ? countDevices(luns.value) : null,
    vmfsLuns: isCounted ? vmfs.length : null,
    unmappedLuns: unmapped,
    datastores: datastores.map(shownDatastore),
    vms: countVms(datastores),
    isComplete,
    ...(gaps.length === 0 ? {} : { gaps }),
    mapCollectedAt: maps.flatMap((one) => one?.collectedAt ?? []).toSorted()[0] ?? null,
  };
}

/** As lists show it, with what keeps its VMs from being believed. */
export function shownDatastore(datastore: MappedDatastore): Exposure['datastores'][number] {
  const { id, name, vcenter, vmIds, isStale, isCopy, isNewGeneration } = datastore;
  const shown = { id, name, vcenter, vms: vmIds.length };
  if (isStale !== true && isCopy !== true && isNewGeneration !== true) return shown;
  const doubts = [
    ...(isStale === true ? (['stale'] as const) : []),
    ...(isCopy === true ? (['copy'] as const) : []),
    ...(isNewGeneration === true ? (['new-generation'] as const) : []),
  ];
  return { ...shown, doubts };
}

/** A host that reports one device name twice still has one such device. LUNs are in the order of their devices. */
function countDevices(luns: readonly Lun[]): number {
  if (luns.some(hasPaths)) return new Set(luns.flatMap(({ devices }) => devices)).size;
  let count = 0;
  let last: string | null = null;
  for (const { device } of luns) {
    if (device !== last) count++;
    last = device;
  }
  return count;
}

const hasPaths = ({ devices }: Lun): boolean => devices.length > 1;

/** Distinct VMs, `<vCenter instanceUuid>/<moref>`: one with disks on two datastores counts once. Only those that a map marks as lying on several are told apart by name. */
export function countVms(datastores: readonly MappedDatastore[]): number {
  let alone = 0;
  const shared = new Set<string>();
  for (const { vmIds, sharedVmIds } of datastores) {
    for (const id of sharedVmIds ?? vmIds) shared.add(id);
    if (sharedVmIds !== undefined) alone += vmIds.length - sharedVmIds.length;
  }
  return alone + shared.size;
}

function distinctDatastores(luns: readonly Lun[]): MappedDatastore[] {
  const found: MappedDatastore[] = [];
  for (const lun of luns) for (const datastore of lun.datastores) found.push(datastore);
  // One that spans several LUNs then stands beside itself.
  found.sort(byName);
  return found.filter(({ id }, at) => id !== found[at + 1]?.id);
}

const byName = (a: MappedDatastore, b: MappedDatastore): number =>
  a.name < b.name ? -1 : a.name > b.name ? 1 : a.id < b.id ? -1 : a.id > b.id ? 1 : 0;

type VcenterMap = MapView['vcenters'][number];

/** The maps that these datastores came from; undefined = a vCenter that is no longer configured. */
function mapsOf(datastores: readonly MappedDatastore[], map: MapView): (VcenterMap | undefined)[] {
  const names: string[] = [];
  for (const { vcenter } of datastores) if (!names.includes(vcenter)) names.push(vcenter);
  return names.map((name) => map.vcenters.findLast((one) => one.name === name));
}
