import type { LunMap } from '@lunwarden/contract';
import type { Sql } from '../sql.js';
import { diffOf, writeRows } from './rows-diff.js';

/** A datastore that hosts of a cluster mount, and whether all of them do. */
export type ClusterReach = { clusterKey: string; datastoreId: string; isEverywhere: boolean };

/** Two clusters of one name in two datacenters are two; a host that stands alone is a cluster of its own. */
export const clusterKeyOf = ({
  id,
  cluster,
  datacenter,
}: Pick<LunMap['hosts'][number], 'id' | 'cluster' | 'datacenter'>): string =>
  cluster === null ? id : `${datacenter ?? ''}/${cluster}`;

/**
 * What a VM of a cluster can be given disks of: hot-add needs the datastore mounted by the host that runs the proxy, and
 * the scheduler may move the proxy to any host of its cluster. Hosts that are away count as not mounting.
 */
export function clusterReachOf({ hosts, datastores }: Pick<LunMap, 'hosts' | 'datastores'>): ClusterReach[] {
  const clusters = new Map(hosts.map((host) => [host.id, clusterKeyOf(host)]));
  const connected = new Set(hosts.filter((host) => host.connectionState === 'connected').map(({ id }) => id));
  const sizes = new Map<string, number>();
  for (const id of connected) sizes.set(clusters.get(id) ?? id, (sizes.get(clusters.get(id) ?? id) ?? 0) + 1);
  return datastores.flatMap(({ id: datastoreId, hosts: mounts }) => {
    const mounting = new Map<string, number>();
    for (const { host, mounted, accessible } of mounts) {
      const key = clusters.get(host);
      if (key === undefined || !mounted || !accessible || !connected.has(host)) continue;
      mounting.set(key, (mounting.get(key) ?? 0) + 1);
    }
    return [...mounting].map(([clusterKey, count]) => ({
      clusterKey,
      datastoreId,
      isEverywhere: count === sizes.get(clusterKey),
    }));
  });
}

/** Makes the rows equal to the map. @returns rows written. */
export function writeClusterReach(sql: Sql, vcenterId: string, map: LunMap): Promise<number> {
  const rows = clusterReachOf(map).map(({ clusterKey, datastoreId, isEverywhere }) => ({
    cluster_key: clusterKey,
    datastore_id: datastoreId,
    is_everywhere: isEverywhere,
  }));
  return writeRows(sql, reachText, vcenterId, rows);
}

const reachText = diffOf({
  name: 'map_cluster_datastore',
  key: { cluster_key: 'text', datastore_id: 'text' },
  rest: { is_everywhere: 'boolean' },
});
