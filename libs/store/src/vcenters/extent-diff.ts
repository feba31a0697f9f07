import { z } from 'zod';
import type { Sql } from '../sql.js';
import type { CompleteLunMap } from './complete-map.js';

const Touched = z.strictObject({
  rows: z.int(),
  datastoreIds: z.array(z.string()),
  /** Keys that came or went. */
  lunKeys: z.array(z.string()),
});

/** Makes the rows of map_extent equal to the map; a row that is equal already is not touched. */
export async function writeExtents(sql: Sql, vcenterId: string, map: CompleteLunMap) {
  const extents = rowsOf(map);
  const touched = await sql.one(Touched, text, [
    vcenterId,
    extents.map(({ datastoreId }) => datastoreId),
    extents.map(({ extent }) => extent),
    extents.map(({ diskName }) => diskName),
    extents.map(({ key }) => key),
  ]);
  return touched ?? { rows: 0, datastoreIds: [], lunKeys: [] };
}

const rowsOf = ({ datastores }: CompleteLunMap) =>
  datastores.flatMap((datastore) =>
    datastore.extents.flatMap(({ diskName, keys }, extent) =>
      (keys.length === 0 ? [''] : keys).map((key) => ({ datastoreId: datastore.id, extent, diskName, key })),
    ),
  );

const text = `
  WITH new AS MATERIALIZED (
    SELECT DISTINCT ON (datastore_id, extent, lun_key) *
    FROM unnest($2::text[], $3::integer[], $4::text[], $5::text[]) AS t (datastore_id, extent, disk_name, lun_key)
  ), old AS (
    SELECT * FROM map_extent WHERE vcenter_id = $1
  ), removed AS (
    DELETE FROM map_extent gone
    WHERE vcenter_id = $1 AND NOT EXISTS (
      SELECT FROM new
      WHERE (new.datastore_id, new.extent, new.lun_key) = (gone.datastore_id, gone.extent, gone.lun_key))
    RETURNING datastore_id, lun_key
  ), written AS (
    INSERT INTO map_extent (vcenter_id, datastore_id, extent, disk_name, lun_key)
    SELECT $1, new.* FROM new LEFT JOIN old USING (datastore_id, extent, lun_key)
    WHERE old.datastore_id IS NULL OR old.disk_name <> new.disk_name
    ON CONFLICT (vcenter_id, datastore_id, extent, lun_key) DO UPDATE SET disk_name = excluded.disk_name
    RETURNING datastore_id, lun_key
  ), touched AS (
    SELECT * FROM removed UNION SELECT * FROM written
  )
  SELECT
    ((SELECT count(*) FROM removed) + (SELECT count(*) FROM written))::int AS rows,
    ARRAY(SELECT DISTINCT datastore_id FROM touched) AS "datastoreIds",
    ARRAY(SELECT DISTINCT lun_key FROM touched WHERE lun_key <> '') AS "lunKeys"`;
