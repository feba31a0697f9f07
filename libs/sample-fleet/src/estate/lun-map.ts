import type { LunMap } from '@lunwarden/contract';
import { clustersOf, type SampleVcenter } from './vcenter.js';

/** The map that a faultless collection of this vCenter yields: the true rows. */
export function lunMapOf(vcenter: SampleVcenter, collectedAt: string): LunMap {
  const clusters = clustersOf(vcenter);
  const datastores = clusters.flatMap((cluster) => cluster.datastores.map((one) => one.map));
  const hosts = clusters.flatMap((cluster) => cluster.hosts);
  const vms = clusters.flatMap((cluster) => cluster.vms);
  const all = (rows: readonly unknown[]) => ({ expected: rows.length, got: rows.length });
  return {
    vcenterUuid: vcenter.uuid,
    apiVersion: vcenter.apiVersion,
    build: vcenter.build,
    collectedAt,
    durationMs: 0,
    complete: true,
    counts: { datastores: all(datastores), hosts: all(hosts), vms: all(vms) },
    gaps: [],
    datastores,
    hosts,
    vms,
    snapshots: [],
    needConsolidation: [],
  };
}
