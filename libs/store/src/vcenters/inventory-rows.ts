import { z } from 'zod';
import { column } from '../sql.js';

const Reach = z.strictObject({ id: z.string(), isEverywhere: z.boolean() });

const Vcenter = z.strictObject({
  name: z.string(),
  instance: z.string().nullable(),
  collectedAt: z
    .string()
    .transform((at) => new Date(at).toISOString())
    .nullable(),
  areSnapshotsTold: z.boolean(),
});
const Datastore = z.strictObject({ id: z.string(), name: z.string(), volume: z.string(), hosts: z.string() });
const EsxiHost = z.strictObject({
  id: z.string(),
  name: z.string(),
  version: z.string().nullable(),
  build: z.string().nullable(),
});
const Cluster = z.strictObject({ key: z.string(), datastores: z.array(Reach) });
const Leftover = z.strictObject({ vm: z.string(), snapshot: z.string().nullable(), volumes: z.array(z.string()) });

/**
 * What the maps in force say around the LUNs: who mounts what, which builds run there, what backups left behind. All ids
 * are `<vCenter instanceUuid>/<moref>`.
 */
export type InventoryRows = {
  version: number;
  /** Every configured vCenter; without a map it has no `instance`. */
  vcenters: z.output<typeof Vcenter>[];
  /** `volume` = VMFS UUID, else the id: objects of one volume in several vCenters have the same. `hosts` parted by spaces. */
  datastores: z.output<typeof Datastore>[];
  esxiHosts: z.output<typeof EsxiHost>[];
  /** Which datastores a VM of a cluster can be given disks of; not everywhere = only on some of its hosts. */
  clusters: z.output<typeof Cluster>[];
  /** VMs of which a backup left something; `snapshot` null = it needs consolidation. `volumes` that it lies on. */
  leftovers: z.output<typeof Leftover>[];
};

/** One row has the head, each of the others one thing: what comes in many rows need not be read in one turn. */
export const InventoryRow = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('head'),
    body: column.json.pipe(z.strictObject({ version: z.int(), vcenters: z.array(Vcenter) })),
  }),
  z.strictObject({ kind: z.literal('datastore'), body: column.json.pipe(Datastore) }),
  z.strictObject({ kind: z.literal('esxi-host'), body: column.json.pipe(EsxiHost) }),
  z.strictObject({ kind: z.literal('cluster'), body: column.json.pipe(Cluster) }),
  z.strictObject({ kind: z.literal('leftover'), body: column.json.pipe(Leftover) }),
]);

/** @returns null without a head */
export function inventoryOf(rows: readonly z.output<typeof InventoryRow>[]): InventoryRows | null {
  const head = rows.find((row) => row.kind === 'head');
  if (head === undefined) return null;
  return {
    ...head.body,
    datastores: rows.flatMap((row) => (row.kind === 'datastore' ? [row.body] : [])),
    esxiHosts: rows.flatMap((row) => (row.kind === 'esxi-host' ? [row.body] : [])),
    clusters: rows.flatMap((row) => (row.kind === 'cluster' ? [row.body] : [])),
    leftovers: rows.flatMap((row) => (row.kind === 'leftover' ? [row.body] : [])),
  };
}

export const inventoryText = `
  SELECT kind, body::text FROM (
  SELECT 'head' AS kind, json_build_object('version', version, 'vcenters', (
      SELECT coalesce(json_agg(json_build_object('name', vcenter.name, 'instance', map.instance_uuid,
        'collectedAt', map.collected_at, 'areSnapshotsTold', coalesce(map.snapshots_told, false)) ORDER BY vcenter.name), '[]')
      FROM vcenter LEFT JOIN map_in_force map ON map.vcenter_id = vcenter.id)) AS body
    FROM map_version WHERE id = 1
  UNION ALL
  SELECT 'datastore', json_build_object('id', map.instance_uuid || '/' || datastore.id, 'name', datastore.name,
      'volume', coalesce(datastore.vmfs_uuid, map.instance_uuid || '/' || datastore.id), 'hosts', datastore.host_ids)
    FROM map_datastore datastore JOIN map_in_force map USING (vcenter_id)
  UNION ALL
  SELECT 'esxi-host', json_build_object('id', map.instance_uuid || '/' || host.id, 'name', host.name,
      'version', host.version, 'build', host.build)
    FROM map_host host JOIN map_in_force map USING (vcenter_id)
  UNION ALL
  SELECT 'cluster', json_build_object('key', map.instance_uuid || '/' || reach.cluster_key,
      'datastores', json_agg(json_build_object(
        'id', map.instance_uuid || '/' || reach.datastore_id, 'isEverywhere', reach.is_everywhere)))
    FROM map_cluster_datastore reach JOIN map_in_force map USING (vcenter_id)
    GROUP BY map.instance_uuid || '/' || reach.cluster_key
  UNION ALL (
  SELECT 'leftover', json_build_object('vm', vm.name,
      'snapshot', CASE WHEN snapshot.kind = 'snapshot' THEN snapshot.name END,
      'volumes', ARRAY(
        SELECT DISTINCT coalesce(datastore.vmfs_uuid, map.instance_uuid || '/' || datastore.id)
        FROM map_vm_datastore place
        JOIN map_datastore datastore ON datastore.vcenter_id = place.vcenter_id AND datastore.id = place.datastore_id
        WHERE place.vcenter_id = vm.vcenter_id AND place.vm_id = vm.id))
    FROM map_snapshot snapshot
    JOIN map_vm vm ON vm.vcenter_id = snapshot.vcenter_id AND vm.id = snapshot.vm_id
    JOIN map_in_force map ON map.vcenter_id = vm.vcenter_id
    WHERE snapshot.is_left
    ORDER BY vm.name, snapshot.name)
  ) rows`;
