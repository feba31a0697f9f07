import { z } from 'zod';
import { column } from '../sql.js';

const Reach = z.strictObject({ id: z.string(), isEverywhere: z.boolean() });

/**
 * What the maps in force say around the LUNs: who mounts what, which builds run there, what backups left behind. All ids
 * are `<vCenter instanceUuid>/<moref>`.
 */
export const InventoryRow = z.strictObject({
  version: column.bigint,
  /** Every configured vCenter; without a map it has no `instance`. */
  vcenters: z.array(
    z.strictObject({
      name: z.string(),
      instance: z.string().nullable(),
      collectedAt: z
        .string()
        .transform((at) => new Date(at).toISOString())
        .nullable(),
      areSnapshotsTold: z.boolean(),
    }),
  ),
  /** `volume` = VMFS UUID, else the id: objects of one volume in several vCenters have the same. `hosts` parted by spaces. */
  datastores: z.array(z.strictObject({ id: z.string(), name: z.string(), volume: z.string(), hosts: z.string() })),
  esxiHosts: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      version: z.string().nullable(),
      build: z.string().nullable(),
    }),
  ),
  /** Which datastores a VM of a cluster can be given disks of; not everywhere = only on some of its hosts. */
  clusters: z.array(z.strictObject({ key: z.string(), datastores: z.array(Reach) })),
  /** VMs of which a backup left something; `snapshot` null = it needs consolidation. `volumes` that it lies on. */
  leftovers: z.array(z.strictObject({ vm: z.string(), snapshot: z.string().nullable(), volumes: z.array(z.string()) })),
});
export type InventoryRows = z.output<typeof InventoryRow>;

export const inventoryText = `
  SELECT version,
    (SELECT coalesce(json_agg(json_build_object('name', vcenter.name, 'instance', map.instance_uuid,
        'collectedAt', map.collected_at, 'areSnapshotsTold', coalesce(map.snapshots_told, false)) ORDER BY vcenter.name), '[]')
      FROM vcenter LEFT JOIN map_in_force map ON map.vcenter_id = vcenter.id) AS vcenters,
    (SELECT coalesce(json_agg(json_build_object('id', map.instance_uuid || '/' || datastore.id, 'name', datastore.name,
        'volume', coalesce(datastore.vmfs_uuid, map.instance_uuid || '/' || datastore.id), 'hosts', datastore.host_ids)), '[]')
      FROM map_datastore datastore JOIN map_in_force map USING (vcenter_id)) AS datastores,
    (SELECT coalesce(json_agg(json_build_object('id', map.instance_uuid || '/' || host.id, 'name', host.name,
        'version', host.version, 'build', host.build)), '[]')
      FROM map_host host JOIN map_in_force map USING (vcenter_id)) AS "esxiHosts",
    (SELECT coalesce(json_agg(json_build_object('key', key, 'datastores', datastores)), '[]')
      FROM (
        SELECT map.instance_uuid || '/' || reach.cluster_key AS key, json_agg(json_build_object(
          'id', map.instance_uuid || '/' || reach.datastore_id, 'isEverywhere', reach.is_everywhere)) AS datastores
        FROM map_cluster_datastore reach JOIN map_in_force map USING (vcenter_id) GROUP BY 1
      ) cluster) AS clusters,
    (SELECT coalesce(json_agg(json_build_object('vm', vm.name,
        'snapshot', CASE WHEN snapshot.kind = 'snapshot' THEN snapshot.name END,
        'volumes', ARRAY(
          SELECT DISTINCT coalesce(datastore.vmfs_uuid, map.instance_uuid || '/' || datastore.id)
          FROM map_vm_datastore place
          JOIN map_datastore datastore ON datastore.vcenter_id = place.vcenter_id AND datastore.id = place.datastore_id
          WHERE place.vcenter_id = vm.vcenter_id AND place.vm_id = vm.id)) ORDER BY vm.name, snapshot.name), '[]')
      FROM map_snapshot snapshot
      JOIN map_vm vm ON vm.vcenter_id = snapshot.vcenter_id AND vm.id = snapshot.vm_id
      JOIN map_in_force map ON map.vcenter_id = vm.vcenter_id
      WHERE snapshot.is_left) AS leftovers
  FROM map_version WHERE id = 1`;
