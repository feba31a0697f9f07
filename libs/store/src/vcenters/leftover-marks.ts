import { z } from 'zod';
import type { Sql } from '../sql.js';

const Mark = z.strictObject({ host: z.uuid(), mark: z.string() });

/**
 * A fingerprint of what the map of a vCenter tells of leftovers within reach of each host that is a VM, in whatever
 * vCenter: on a volume that two of them share, hot-add in one reaches what backups left behind in the other.
 */
export function leftoverMarks(sql: Sql, vcenterId: string): Promise<z.output<typeof Mark>[]> {
  return sql.many(Mark, marksText, [vcenterId]);
}

/** One text for every object of a volume. */
const volume = `coalesce(datastore.vmfs_uuid, datastore.vcenter_id || '/' || datastore.id)`;

const marksText = `
  WITH leftover AS MATERIALIZED (
    SELECT DISTINCT ${volume} AS volume, concat_ws(' ', vm.id, vm.name, snapshot.kind, snapshot.name) AS what
    FROM map_snapshot snapshot
    JOIN map_vm vm ON vm.vcenter_id = $1 AND vm.id = snapshot.vm_id
    JOIN map_vm_datastore place ON place.vcenter_id = $1 AND place.vm_id = snapshot.vm_id
    JOIN map_datastore datastore ON datastore.vcenter_id = $1 AND datastore.id = place.datastore_id
    WHERE snapshot.vcenter_id = $1 AND snapshot.is_left
  ), reached AS MATERIALIZED (
    SELECT reach.vcenter_id, reach.cluster_key, leftover.what
    FROM leftover JOIN map_datastore datastore ON ${volume} = leftover.volume
    JOIN map_cluster_datastore reach
      ON reach.vcenter_id = datastore.vcenter_id AND reach.datastore_id = datastore.id
  ), machine AS (
    SELECT machine.host_id, vm.vcenter_id, vm.host_id AS esxi_id FROM host_uuid machine
    JOIN map_vm vm ON lower(vm.bios_uuid) = machine.uuid
    UNION SELECT machine.host_id, vm.vcenter_id, vm.host_id FROM host_uuid machine
    JOIN map_vm vm ON lower(vm.instance_uuid) = machine.uuid
  )
  SELECT machine.host_id AS host, md5(string_agg(DISTINCT reached.what, ',' ORDER BY reached.what)) AS mark
  FROM machine
  JOIN map_host esxi ON esxi.vcenter_id = machine.vcenter_id AND esxi.id = machine.esxi_id
  JOIN reached ON reached.vcenter_id = esxi.vcenter_id
    AND reached.cluster_key = coalesce(coalesce(esxi.datacenter, '') || '/' || esxi.cluster, esxi.id)
  WHERE EXISTS (SELECT FROM leftover)
  GROUP BY machine.host_id`;
