import type { Exposure } from '@lunwarden/contract';
import type { Facts, MappedDatastore, MapView } from './facts.js';
import { type Lun, lunsOf } from './lun.js';
import type { Policy } from './policy.js';
import { mapTold, type Told } from './reading.js';
import { seenDisks } from './seen-disk.js';
import type { Trusts } from './trust.js';

/** Every LUN in sight of the host; unknown if nobody ever read its disk list. */
export function lunsInSight({ report, map }: Facts, trusts: Trusts): Told<Lun[]> {
  if (report === null) return { kind: 'unknown', why: 'never_reported' };
  return mapTold(seenDisks(report.facts, report.remembered, trusts.hostState), (disks) => lunsOf(disks, map));
}

/** Those that are VMFS, or that nobody can tell from VMFS (R11). */
export const vmfsLuns = (luns: readonly Lun[]): Lun[] => luns.filter(({ isVmfs }) => isVmfs !== 'no');

/** What a careless write on this host could reach. A stale list or map still counts: what it shows was there. */
export function exposureOf(luns: Told<Lun[]>, map: MapView, asOf: number, policy: Policy): Exposure {
  const seen = luns.kind === 'unknown' ? [] : luns.value;
  const vmfs = vmfsLuns(seen);
  const datastores = distinctDatastores(vmfs);
  const unmapped = vmfs.filter((lun) => lun.datastores.length === 0);
  // An old list that shows LUNs still counts them; an old list that shows none does not say that there are none.
  const isCounted = luns.kind === 'certain' || vmfs.length > 0;
  const maps = mapsOf(datastores, map);
  return {
    visibleDisks: luns.kind === 'certain' ? new Set(seen.flatMap(({ devices }) => devices)).size : null,
    vmfsLuns: isCounted ? vmfs.length : null,
    unmappedLuns: unmapped.length,
    datastores: datastores.map(({ id, name, vcenter, vmIds }) => ({ id, name, vcenter, vms: vmIds.length })),
    vms: distinctVms(datastores).size,
    isComplete: luns.kind === 'certain' && unmapped.length === 0 && maps.every((one) => isWhole(one, asOf, policy)),
    mapCollectedAt: maps.flatMap((one) => one?.collectedAt ?? []).toSorted()[0] ?? null,
  };
}

/** Distinct VMs, `<vCenter instanceUuid>/<moref>`: a VM with disks on two datastores counts once. */
export function distinctVms(datastores: readonly Pick<MappedDatastore, 'vmIds'>[]): Set<string> {
  const vms = new Set<string>();
  for (const { vmIds } of datastores) for (const id of vmIds) vms.add(id);
  return vms;
}

function distinctDatastores(luns: readonly Lun[]): MappedDatastore[] {
  const byId = new Map(luns.flatMap((lun) => lun.datastores.map((datastore) => [datastore.id, datastore] as const)));
  return [...byId.values()].toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.id < b.id ? -1 : 1));
}

type VcenterMap = MapView['vcenters'][number];

/** The maps that these datastores came from; undefined = a vCenter that is no longer configured. */
function mapsOf(datastores: readonly MappedDatastore[], map: MapView): (VcenterMap | undefined)[] {
  const byName = new Map(map.vcenters.map((one) => [one.name, one]));
  return [...new Set(datastores.map(({ vcenter }) => vcenter))].map((name) => byName.get(name));
}

/** Complete, without a gap, and collected recently enough that what it does not show is not there. */
function isWhole(map: VcenterMap | undefined, asOf: number, { freshness }: Policy): boolean {
  if (map === undefined || map.collectedAt === null || map.gaps.length > 0) return false;
  const age = asOf - Date.parse(map.collectedAt);
  return age < freshness.mapMs && age >= -freshness.skewMs;
}
