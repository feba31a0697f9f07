import { z } from 'zod';
import type { Sql } from '../sql.js';

const Touched = z.strictObject({
  rows: z.int(),
  /** LUNs that carry something else than before, or that were seen to carry it a second time. */
  lunKeys: z.array(z.string()),
});

/**
 * Notes what lies on each LUN. An identifier that comes back with another VMFS volume is a new generation of that LUN, and
 * not settled before the next whole map says the same.
 */
export async function writeGenerations(sql: Sql, vcenterId: string) {
  return (await sql.one(Touched, identityText, [vcenterId])) ?? { rows: 0, lunKeys: [] };
}

/** The same for the size, which only the list of LUNs tells. */
export async function writeCapacities(sql: Sql, vcenterId: string) {
  return (await sql.one(Touched, capacityText, [vcenterId])) ?? { rows: 0, lunKeys: [] };
}

const identityText = `
  WITH new AS MATERIALIZED (
    SELECT lun_key, coalesce(string_agg(DISTINCT vmfs_uuid, ' ' ORDER BY vmfs_uuid), '') AS identity
    FROM map_extent extent
    JOIN map_datastore datastore ON datastore.vcenter_id = extent.vcenter_id AND datastore.id = extent.datastore_id
    WHERE extent.vcenter_id = $1 AND lun_key <> ''
    GROUP BY lun_key
  ), first AS (
    INSERT INTO map_lun_generation (vcenter_id, lun_key, identity)
    SELECT $1, lun_key, identity FROM new
    WHERE NOT EXISTS (SELECT FROM map_lun_generation old WHERE old.vcenter_id = $1 AND old.lun_key = new.lun_key)
    RETURNING lun_key
  ), changed AS (
    UPDATE map_lun_generation old SET
      identity = new.identity,
      generation = old.generation + (old.identity <> new.identity)::int,
      is_settled = old.identity = new.identity
    FROM new
    WHERE old.vcenter_id = $1 AND old.lun_key = new.lun_key AND (old.identity <> new.identity OR NOT old.is_settled)
    RETURNING old.lun_key
  )
  SELECT ((SELECT count(*) FROM first) + (SELECT count(*) FROM changed))::int AS rows,
    ARRAY(SELECT lun_key FROM changed) AS "lunKeys"`;

const capacityText = `
  WITH new AS (
    SELECT key AS lun_key, max(lun.capacity_bytes) AS capacity_bytes
    FROM map_lun lun, unnest(lun.keys) key
    WHERE lun.vcenter_id = $1 AND lun.capacity_bytes IS NOT NULL AND NOT lun.is_stale
    GROUP BY key
  ), changed AS (
    UPDATE map_lun_generation old SET
      capacity_bytes = new.capacity_bytes,
      generation = old.generation + (old.capacity_bytes IS NOT NULL)::int,
      is_settled = old.is_settled AND old.capacity_bytes IS NULL
    FROM new
    WHERE old.vcenter_id = $1 AND old.lun_key = new.lun_key
      AND old.capacity_bytes IS DISTINCT FROM new.capacity_bytes
    RETURNING old.lun_key, old.is_settled
  )
  SELECT (SELECT count(*) FROM changed)::int AS rows,
    ARRAY(SELECT lun_key FROM changed WHERE NOT is_settled) AS "lunKeys"`;
