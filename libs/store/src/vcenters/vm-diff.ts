import { z } from 'zod';
import type { Sql } from '../sql.js';
import type { CompleteLunMap } from './complete-map.js';

const Rows = z.strictObject({ rows: z.int() });
const Touched = z.strictObject({
  rows: z.int(),
  /** Datastores that a VM came to or left. */
  datastoreIds: z.array(z.string()),
});

/** Makes the rows of map_vm equal to the map. @returns rows written. */
export async function writeVms(sql: Sql, vcenterId: string, { vms }: CompleteLunMap): Promise<number> {
  const written = await sql.one(Rows, vmText, [
    vcenterId,
    vms.map(({ id }) => id),
    vms.map(({ name }) => name),
    vms.map(({ host }) => host),
    vms.map(({ instanceUuid }) => instanceUuid),
    vms.map(({ biosUuid }) => biosUuid),
    vms.map(({ isTemplate }) => isTemplate),
  ]);
  return written?.rows ?? 0;
}

/** Makes the rows of map_vm_datastore equal to the map. */
export async function writePlaces(sql: Sql, vcenterId: string, { vms }: CompleteLunMap) {
  const places = vms.flatMap((vm) => vm.datastores.map((datastoreId) => ({ datastoreId, vmId: vm.id })));
  const touched = await sql.one(Touched, placeText, [
    vcenterId,
    places.map(({ datastoreId }) => datastoreId),
    places.map(({ vmId }) => vmId),
  ]);
  return touched ?? { rows: 0, datastoreIds: [] };
}

const vmText = `
  WITH new AS MATERIALIZED (
    SELECT DISTINCT ON (id) *
    FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::boolean[])
      AS t (id, name, host_id, instance_uuid, bios_uuid, is_template)
  ), old AS (
    SELECT * FROM map_vm WHERE vcenter_id = $1
  ), removed AS (
    DELETE FROM map_vm gone WHERE vcenter_id = $1 AND NOT EXISTS (SELECT FROM new WHERE new.id = gone.id) RETURNING 1
  ), written AS (
    INSERT INTO map_vm (vcenter_id, id, name, host_id, instance_uuid, bios_uuid, is_template)
    SELECT $1, new.* FROM new LEFT JOIN old USING (id)
    WHERE old.id IS NULL
      OR (old.name, old.host_id, old.instance_uuid, old.bios_uuid, old.is_template)
        IS DISTINCT FROM (new.name, new.host_id, new.instance_uuid, new.bios_uuid, new.is_template)
    ON CONFLICT (vcenter_id, id) DO UPDATE SET name = excluded.name, host_id = excluded.host_id,
      instance_uuid = excluded.instance_uuid, bios_uuid = excluded.bios_uuid, is_template = excluded.is_template
    RETURNING 1
  )
  SELECT ((SELECT count(*) FROM removed) + (SELECT count(*) FROM written))::int AS rows`;

const placeText = `
  WITH new AS MATERIALIZED (
    SELECT DISTINCT * FROM unnest($2::text[], $3::text[]) AS t (datastore_id, vm_id)
  ), old AS (
    SELECT * FROM map_vm_datastore WHERE vcenter_id = $1
  ), removed AS (
    DELETE FROM map_vm_datastore gone
    WHERE vcenter_id = $1
      AND NOT EXISTS (SELECT FROM new WHERE (new.datastore_id, new.vm_id) = (gone.datastore_id, gone.vm_id))
    RETURNING datastore_id
  ), written AS (
    INSERT INTO map_vm_datastore (vcenter_id, datastore_id, vm_id)
    SELECT $1, new.* FROM new LEFT JOIN old USING (datastore_id, vm_id) WHERE old.vm_id IS NULL
    RETURNING datastore_id
  )
  SELECT
    ((SELECT count(*) FROM removed) + (SELECT count(*) FROM written))::int AS rows,
    ARRAY(SELECT datastore_id FROM removed UNION SELECT datastore_id FROM written) AS "datastoreIds"`;
