import type { SanCluster, SanDatastore, SanTrouble, SanVm } from './san-estate.js';

const long = '2026-11-01T22:00:00Z';
const ofBackup = { name: 'VEEAM BACKUP TEMPORARY SNAPSHOT', createdAt: long };

/** The cluster after these troubles; see `SanTrouble`. */
export function troubled(cluster: SanCluster, troubles: readonly SanTrouble[]): SanCluster {
  const has = (trouble: SanTrouble): boolean => troubles.includes(trouble);
  const [firstHost] = cluster.hosts;
  const [firstLun] = cluster.luns;
  return {
    ...cluster,
    datastores: datastoresOf(cluster, has),
    vms: vmsOf(cluster, has),
    esxi: (host) =>
      has('old-esxi') && host === firstHost ? { version: '7.0.3', build: '20036589' } : cluster.esxi(host),
    deadPaths: (host) => (has('dead-paths') && host === firstHost && firstLun !== undefined ? [firstLun] : []),
  };
}

type Has = (trouble: SanTrouble) => boolean;

function vmsOf({ vms }: SanCluster, has: Has): SanVm[] {
  const [, second] = vms;
  return vms.map((vm, at): SanVm => {
    if (at === 0)
      return {
        ...vm,
        borrowsOf: has('hot-added') ? (second ?? null) : null,
        snapshots: [
          ...(has('proxy-snapshot') ? [{ name: 'before patch', createdAt: long }] : []),
          ...(has('proxy-backed-up') ? [ofBackup] : []),
        ],
      };
    if (at === 2 && has('left-behind')) return { ...vm, snapshots: [ofBackup] };
    return at === 3 && has('left-behind') ? { ...vm, needsConsolidation: true } : vm;
  });
}

function datastoresOf({ datastores, luns }: SanCluster, has: Has): SanDatastore[] {
  const own = datastores.map((one, at) =>
    at === 0 && has('re-used') ? { ...one, uuid: `f${one.uuid.slice(1)}` } : one,
  );
  const [first] = own;
  const spare = luns.at(-2);
  const copies: SanDatastore[] =
    has('copy') && first !== undefined && spare !== undefined
      ? [
          {
            ...first,
            id: 'datastore-900',
            escapedName: `snap-${first.escapedName}`,
            mountedAs: 'snap',
            extents: [spare],
          },
        ]
      : [];
  return [...own, ...copies];
}
