import { z } from 'zod';
import { inSlices } from '../slices.js';
import type { Sql } from '../sql.js';
import type { CompleteLunMap } from './complete-map.js';
import { diffOf, jsonOf, writeRows } from './rows-diff.js';

const Touched = z.strictObject({
  rows: z.int(),
  /** Datastores that a VM came to or left. */
  datastoreIds: z.array(z.string()),
});

/** Makes the rows of map_vm equal to the map. @returns rows written. */
export async function writeVms(sql: Sql, vcenterId: string, { vms }: CompleteLunMap): Promise<number> {
  const rows = await inSlices(vms, ({ id, name, host, instanceUuid, biosUuid, isTemplate }) => ({
    ...{ id, name, host_id: host, is_template: isTemplate },
    ...{ instance_uuid: instanceUuid, bios_uuid: biosUuid },
  }));
  return writeRows(sql, vmText, vcenterId, rows);
}

/** Makes the rows of map_vm_datastore equal to the map. */
export async function writePlaces(sql: Sql, vcenterId: string, { vms }: CompleteLunMap) {
  const places = await inSlices(vms, ({ id, datastores }) => ({ vm_id: id, datastores }));
  const touched = await sql.one(Touched, placeText, [vcenterId, await jsonOf(places)]);
  return touched ?? { rows: 0, datastoreIds: [] };
}

const vmText = diffOf({
  name: 'map_vm',
  key: { id: 'text' },
  rest: { name: 'text', host_id: 'text', instance_uuid: 'text', bios_uuid: 'text', is_template: 'boolean' },
});

const placeText = `
  WITH new AS MATERIALIZED (
    SELECT DISTINCT place.datastore_id, t.vm_id
    FROM json_to_recordset($2::json) AS t (vm_id text, datastores json),
      json_array_elements_text(t.datastores) AS place (datastore_id)
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
