import { LunKeySchema } from '@lunwarden/contract';
import { z } from 'zod';

const ProxyVm = z.strictObject({
  /** `<vCenter instanceUuid>/<moref>`. */
  id: z.string(),
  name: z.string(),
  vcenter: z.string(),
  /** When the map in force and its disks were read; `detailsAt` null = disks were never read, so `foreignDisks` says nothing. */
  collectedAt: z.iso.datetime({ offset: true }),
  detailsAt: z.iso.datetime({ offset: true }).nullable(),
  cluster: z.string().nullable(),
  datacenter: z.string().nullable(),
  /** Disks of other VMs that hang on it: a hot-add at work, or one that was forgotten. `keys` are how its guest sees them. */
  foreignDisks: z.array(
    z.strictObject({
      file: z.string(),
      /** Name of the VM that they belong to; null = nobody has a home there. */
      owner: z.string().nullable(),
      isIndependent: z.boolean(),
      keys: z.array(LunKeySchema),
    }),
  ),
  /** Datastores whose VMs it can hot-add, `<vCenter instanceUuid>/<moref>`; not everywhere = only on some hosts of its cluster. */
  hotAdd: z.array(z.strictObject({ datastoreId: z.string(), isEverywhere: z.boolean() })),
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
    to_json(map.collected_at) #>> '{}' AS "collectedAt", to_json(map.details_at) #>> '{}' AS "detailsAt",
    host.cluster, host.datacenter,
    (SELECT coalesce(json_agg(json_build_object('file', disk.file, 'owner', owner.name,
        'isIndependent', disk.is_independent, 'keys', disk.keys) ORDER BY disk.file), '[]')
      FROM map_foreign_disk disk
      LEFT JOIN map_vm owner ON owner.vcenter_id = disk.vcenter_id AND owner.id = disk.owner_id
      WHERE disk.vcenter_id = vm.vcenter_id AND disk.vm_id = vm.id) AS "foreignDisks",
    (SELECT coalesce(json_agg(json_build_object('datastoreId', map.instance_uuid || '/' || reach.datastore_id,
        'isEverywhere', reach.is_everywhere) ORDER BY reach.datastore_id), '[]')
      FROM map_cluster_datastore reach
      WHERE reach.vcenter_id = vm.vcenter_id
        AND reach.cluster_key = coalesce(coalesce(host.datacenter, '') || '/' || host.cluster, host.id)) AS "hotAdd"
  FROM map_vm vm
  JOIN vcenter ON vcenter.id = vm.vcenter_id
  JOIN map_in_force map ON map.vcenter_id = vm.vcenter_id
  LEFT JOIN map_host host ON host.vcenter_id = vm.vcenter_id AND host.id = vm.host_id
  WHERE NOT vm.is_template AND (lower(vm.bios_uuid) = ANY ($1) OR lower(vm.instance_uuid) = ANY ($1))
  ORDER BY vcenter.name, vm.id`;
