import { z } from 'zod';
import type { Sql } from '../sql.js';
import type { CompleteLunMap } from './complete-map.js';

const Written = z.strictObject({
  rows: z.int(),
  /** Datastores mounted by a host that has another name, version or build than before. */
  datastoreIds: z.array(z.string()),
});

/** Makes the rows of map_host equal to the map. */
export async function writeHosts(sql: Sql, vcenterId: string, { hosts }: CompleteLunMap) {
  const of = <T>(column: (host: CompleteLunMap['hosts'][number]) => T) => hosts.map(column);
  const written = await sql.one(Written, text, [
    vcenterId,
    of(({ id }) => id),
    of(({ name }) => name),
    of(({ cluster }) => cluster),
    of(({ datacenter }) => datacenter),
    of(({ connectionState }) => connectionState),
    of(({ inMaintenanceMode }) => inMaintenanceMode),
    of(({ version }) => version),
    of(({ build }) => build),
    of(({ hardwareUuid }) => hardwareUuid),
  ]);
  return written ?? { rows: 0, datastoreIds: [] };
}

const text = `
  WITH new AS MATERIALIZED (
    SELECT DISTINCT ON (id) *
    FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::boolean[], $8::text[], $9::text[], $10::text[])
      AS t (id, name, cluster, datacenter, connection_state, in_maintenance_mode, version, build, hardware_uuid)
  ), old AS (
    SELECT * FROM map_host WHERE vcenter_id = $1
  ), removed AS (
    DELETE FROM map_host gone WHERE vcenter_id = $1 AND NOT EXISTS (SELECT FROM new WHERE new.id = gone.id) RETURNING 1
  ), written AS (
    INSERT INTO map_host (vcenter_id, id, name, cluster, datacenter, connection_state, in_maintenance_mode, version,
      build, hardware_uuid)
    SELECT $1, new.* FROM new LEFT JOIN old USING (id)
    WHERE old.id IS NULL
      OR (old.name, old.cluster, old.datacenter, old.connection_state, old.in_maintenance_mode, old.version, old.build,
          old.hardware_uuid)
        IS DISTINCT FROM (new.name, new.cluster, new.datacenter, new.connection_state, new.in_maintenance_mode,
          new.version, new.build, new.hardware_uuid)
    ON CONFLICT (vcenter_id, id) DO UPDATE SET name = excluded.name, cluster = excluded.cluster,
      datacenter = excluded.datacenter, connection_state = excluded.connection_state,
      in_maintenance_mode = excluded.in_maintenance_mode, version = excluded.version, build = excluded.build,
      hardware_uuid = excluded.hardware_uuid
    RETURNING 1
  ), touched AS (
    SELECT id FROM old JOIN new USING (id)
    WHERE (old.name, old.version, old.build) IS DISTINCT FROM (new.name, new.version, new.build)
  )
  SELECT ((SELECT count(*) FROM removed) + (SELECT count(*) FROM written))::int AS rows,
    ARRAY(SELECT datastore.id FROM map_datastore datastore
      WHERE datastore.vcenter_id = $1 AND string_to_array(datastore.host_ids, ' ') && ARRAY(SELECT id FROM touched)
    ) AS "datastoreIds"`;
