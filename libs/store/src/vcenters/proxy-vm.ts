import { LunKeySchema } from '@lunwarden/contract';
import { z } from 'zod';

const ProxyVm = z.strictObject({
  /** `<vCenter instanceUuid>/<moref>`. */
  id: z.string(),
  name: z.string(),
  vcenter: z.string(),
  /** By which it was found, in lower case. */
  uuids: z.array(z.string()),
  /** When the map in force was read. */
  collectedAt: z.iso.datetime({ offset: true }),
  /** Its disks were read with that map; false = `foreignDisks` are those of an earlier reading, or of none. */
  areDisksCurrent: z.boolean(),
  areSnapshotsTold: z.boolean(),
  /** The ESXi host that runs it, `<vCenter instanceUuid>/<moref>`. */
  esxiHost: z.string().nullable(),
  /** Its cluster as `InventoryRows.clusters` names it. */
  cluster: z.string().nullable(),
  /** Disks of other VMs that hang on it: a hot-add at work, or one that was forgotten. `keys` are how its guest sees them. */
  foreignDisks: z.array(
    z.strictObject({
      file: z.string(),
      /** Name of the VM that they belong to; null = nobody has a home there. */
      owner: z.string().nullable(),
      /** Whether that VM has a snapshot, without which nothing reads its disks; null = not told. */
      ownerHasSnapshot: z.boolean().nullable(),
      isIndependent: z.boolean(),
      /** When it was first met there. */
      since: z.iso.datetime({ offset: true }),
      keys: z.array(LunKeySchema),
    }),
  ),
  snapshots: z.array(z.string()),
  /** VMs on which a disk of it hangs: somebody backs it up. */
  lentTo: z.array(z.string()),
});
/** A host as the vCenters see it, if it is a VM. */
export type ProxyVm = z.infer<typeof ProxyVm>;
export const ProxyVmRow = ProxyVm;

/**
 * How a BIOS UUID may be written: SMBIOS 2.6 turns the first three fields round, and firmware, guests and vSphere do not
 * agree on who turns them back (DSP0134, 7.2.1).
 */
export function spellingsOf(biosUuid: string): string[] {
  const bare = biosUuid.toLowerCase();
  const fields = bare.split('-');
  if (fields.length !== 5) return [bare];
  const turned = fields.map((field, at) => (at < 3 ? (field.match(/../g) ?? []).toReversed().join('') : field));
  return [...new Set([bare, turned.join('-')])];
}

export const proxyVmsText = `
  SELECT map.instance_uuid || '/' || vm.id AS id, vm.name, vcenter.name AS vcenter,
    array_remove(ARRAY[lower(vm.bios_uuid), lower(vm.instance_uuid)], NULL) AS uuids,
    to_json(map.collected_at) #>> '{}' AS "collectedAt", map.snapshots_told AS "areSnapshotsTold",
    (map.foreign_disks_told AND map.details_at = map.collected_at) OR EXISTS (
      SELECT FROM map_watched watched WHERE watched.vcenter_id = vm.vcenter_id AND watched.vm_id = vm.id
    ) AS "areDisksCurrent",
    map.instance_uuid || '/' || host.id AS "esxiHost",
    map.instance_uuid || '/' || coalesce(coalesce(host.datacenter, '') || '/' || host.cluster, host.id) AS cluster,
    (SELECT coalesce(json_agg(json_build_object('file', disk.file, 'owner', owner.name,
        'ownerHasSnapshot', CASE WHEN map.snapshots_told AND owner.id IS NOT NULL THEN EXISTS (
          SELECT FROM map_snapshot held WHERE held.vcenter_id = disk.vcenter_id AND held.vm_id = disk.owner_id
            AND held.kind = 'snapshot') END,
        'isIndependent', disk.is_independent, 'since', disk.seen_since, 'keys', disk.keys) ORDER BY disk.file), '[]')
      FROM map_foreign_disk disk
      LEFT JOIN map_vm owner ON owner.vcenter_id = disk.vcenter_id AND owner.id = disk.owner_id
      WHERE disk.vcenter_id = vm.vcenter_id AND disk.vm_id = vm.id) AS "foreignDisks",
    ARRAY(SELECT snapshot.name FROM map_snapshot snapshot
      WHERE snapshot.vcenter_id = vm.vcenter_id AND snapshot.vm_id = vm.id AND snapshot.kind = 'snapshot'
      ORDER BY snapshot.created_at, snapshot.name) AS snapshots,
    ARRAY(SELECT DISTINCT borrower.name FROM map_foreign_disk lent
      JOIN map_vm borrower ON borrower.vcenter_id = lent.vcenter_id AND borrower.id = lent.vm_id
      WHERE lent.vcenter_id = vm.vcenter_id AND lent.owner_id = vm.id ORDER BY borrower.name) AS "lentTo"
  FROM map_vm vm
  JOIN vcenter ON vcenter.id = vm.vcenter_id
  JOIN map_in_force map ON map.vcenter_id = vm.vcenter_id
  LEFT JOIN map_host host ON host.vcenter_id = vm.vcenter_id AND host.id = vm.host_id
  WHERE NOT vm.is_template AND (lower(vm.bios_uuid) = ANY ($1) OR lower(vm.instance_uuid) = ANY ($1))
  ORDER BY vcenter.name, vm.id`;
