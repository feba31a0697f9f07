import { z } from 'zod';
import type { Sql } from '../sql.js';
import type { CompleteLunMap } from './complete-map.js';

const Touched = z.strictObject({
  rows: z.int(),
  /** Datastores of another volume than before, called differently, or mounted by other hosts. */
  datastoreIds: z.array(z.string()),
  vmfsUuids: z.array(z.string()),
});

/** Makes the rows of map_datastore equal to the map; a row that is equal already is not touched. */
export async function writeDatastores(sql: Sql, vcenterId: string, { datastores, hosts }: CompleteLunMap) {
  const connected = new Set(hosts.filter((host) => host.connectionState === 'connected').map(({ id }) => id));
  const of = <T>(column: (datastore: CompleteLunMap['datastores'][number]) => T) => datastores.map(column);
  const touched = await sql.one(Touched, text, [
    vcenterId,
    of(({ id }) => id),
    of(({ name }) => name),
    of(({ path }) => path),
    of(({ type }) => type),
    of(({ vmfsUuid }) => vmfsUuid),
    of(({ capacityBytes }) => capacityBytes),
    of(({ accessible }) => accessible),
    // Nobody who mounts it is there to tell: what is known of it is what was true when somebody was.
    of(({ hosts: mounts }) => mounts.length > 0 && !mounts.some(({ host }) => connected.has(host))),
    of(({ hosts: mounts }) => {
      const ids = mounts.filter(({ mounted }) => mounted).map(({ host }) => host);
      return ids.sort().join(' ');
    }),
  ]);
  return touched ?? { rows: 0, datastoreIds: [], vmfsUuids: [] };
}

// Every part of one statement sees the rows as they were before it: `old` is the map in force until now.
const text = `
  WITH new AS MATERIALIZED (
    SELECT DISTINCT ON (id) *
    FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::numeric[], $8::boolean[],
      $9::boolean[], $10::text[])
      AS t (id, name, path, type, vmfs_uuid, capacity_bytes, accessible, is_stale, host_ids)
  ), old AS (
    SELECT * FROM map_datastore WHERE vcenter_id = $1
  ), removed AS (
    DELETE FROM map_datastore gone
    WHERE vcenter_id = $1 AND NOT EXISTS (SELECT FROM new WHERE new.id = gone.id)
    RETURNING 1
  ), written AS (
    INSERT INTO map_datastore (vcenter_id, id, name, path, type, vmfs_uuid, capacity_bytes, accessible, is_stale,
      host_ids)
    SELECT $1, new.* FROM new LEFT JOIN old USING (id)
    WHERE old.id IS NULL
      OR (old.name, old.path, old.type, old.vmfs_uuid, old.capacity_bytes, old.accessible, old.is_stale, old.host_ids)
        IS DISTINCT FROM (new.name, new.path, new.type, new.vmfs_uuid, new.capacity_bytes, new.accessible, new.is_stale,
          new.host_ids)
    ON CONFLICT (vcenter_id, id) DO UPDATE SET name = excluded.name, path = excluded.path, type = excluded.type,
      vmfs_uuid = excluded.vmfs_uuid, capacity_bytes = excluded.capacity_bytes, accessible = excluded.accessible,
      is_stale = excluded.is_stale, host_ids = excluded.host_ids
    RETURNING 1
  ), touched AS (
    SELECT id, old.vmfs_uuid AS before, new.vmfs_uuid AS after
    FROM old FULL JOIN new USING (id)
    WHERE (old.name, old.vmfs_uuid, old.is_stale, old.host_ids)
      IS DISTINCT FROM (new.name, new.vmfs_uuid, new.is_stale, new.host_ids)
  )
  SELECT
    ((SELECT count(*) FROM removed) + (SELECT count(*) FROM written))::int AS rows,
    ARRAY(SELECT id FROM touched) AS "datastoreIds",
    ARRAY(SELECT before FROM touched WHERE before IS NOT NULL
          UNION SELECT after FROM touched WHERE after IS NOT NULL) AS "vmfsUuids"`;
