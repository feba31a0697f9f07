import { z } from 'zod';
import type { Sql } from '../sql.js';
import { leftoverMarks } from './leftover-marks.js';

const Mark = z.strictObject({ host: z.uuid(), mark: z.string() });

/**
 * A fingerprint of all that the map of a vCenter says of each host that is a VM there: the VM, its disks and snapshots,
 * the ESXi host that runs it, and what its cluster reaches. Read before and after a map, it names exactly the hosts of
 * which that map says something else, those of other vCenters among them that reach what it tells of leftovers.
 */
export async function hostMarks(sql: Sql, vcenterId: string): Promise<Map<string, string>> {
  const marks = new Map((await sql.many(Mark, marksText, [vcenterId])).map(({ host, mark }) => [host, mark]));
  for (const { host, mark } of await leftoverMarks(sql, vcenterId)) marks.set(host, `${marks.get(host) ?? ''} ${mark}`);
  return marks;
}

/** Hosts that only one of them names, or both differently. */
export function differing(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] {
  const hosts = new Set([...before.keys(), ...after.keys()]);
  return [...hosts].filter((host) => before.get(host) !== after.get(host));
}

const marksText = `
  WITH reach AS MATERIALIZED (
    -- A volume that is known only now may be that of another vCenter, with all that was left behind there.
    SELECT reach.cluster_key, md5(string_agg(concat_ws(' ', reach.datastore_id, reach.is_everywhere,
        coalesce(datastore.vmfs_uuid, datastore.id), datastore.name), ',' ORDER BY reach.datastore_id)) AS mark
    FROM map_cluster_datastore reach
    LEFT JOIN map_datastore datastore ON datastore.vcenter_id = $1 AND datastore.id = reach.datastore_id
    WHERE reach.vcenter_id = $1 GROUP BY reach.cluster_key
  ), own AS (
    SELECT machine.host_id, vm.id, vm.name, vm.host_id AS esxi_id, vm.is_template FROM host_uuid machine
    JOIN map_vm vm ON vm.vcenter_id = $1 AND lower(vm.bios_uuid) = machine.uuid
    UNION SELECT machine.host_id, vm.id, vm.name, vm.host_id, vm.is_template FROM host_uuid machine
    JOIN map_vm vm ON vm.vcenter_id = $1 AND lower(vm.instance_uuid) = machine.uuid
  )
  SELECT own.host_id AS host, md5(string_agg(concat_ws(' ', own.id, own.name, own.esxi_id, own.is_template,
      esxi.name, esxi.version, esxi.build, esxi.cluster, esxi.datacenter, reach.mark,
      -- Whether its disks were read with this map, see proxyVmsText.
      map.foreign_disks_told AND map.details_at = map.collected_at OR EXISTS (
        SELECT FROM map_watched watched WHERE watched.vcenter_id = $1 AND watched.vm_id = own.id),
      (SELECT string_agg(concat_ws(' ', disk.file, disk.owner_id, disk.is_independent,
            disk.seen_since < map.collected_at, disk.seen_since <= map.collected_at - interval '24 hours', EXISTS (
            SELECT FROM map_snapshot held WHERE held.vcenter_id = $1 AND held.vm_id = disk.owner_id)), ',' ORDER BY disk.file)
        FROM map_foreign_disk disk
        WHERE disk.vcenter_id = $1 AND disk.vm_id = own.id),
      (SELECT string_agg(snapshot.name, ',' ORDER BY snapshot.name, snapshot.created_at)
        FROM map_snapshot snapshot
        WHERE snapshot.vcenter_id = $1 AND snapshot.vm_id = own.id AND snapshot.kind = 'snapshot'),
      (SELECT 'backed up' FROM map_foreign_disk lent WHERE lent.vcenter_id = $1 AND lent.owner_id = own.id LIMIT 1)
    ), '|' ORDER BY own.id)) AS mark
  FROM own
  JOIN map_in_force map ON map.vcenter_id = $1
  LEFT JOIN map_host esxi ON esxi.vcenter_id = $1 AND esxi.id = own.esxi_id
  LEFT JOIN reach ON reach.cluster_key = coalesce(coalesce(esxi.datacenter, '') || '/' || esxi.cluster, esxi.id)
  GROUP BY own.host_id`;
