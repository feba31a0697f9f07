import { z } from 'zod';
import { column, type Sql } from '../sql.js';

const MapChange = z.strictObject({
  id: column.bigint,
  vcenterId: z.uuid(),
  /** With the first map of a vCenter, and when one comes or goes, LUNs that no map knows may mean something else. */
  kind: z.enum(['added', 'first-map', 'map', 'removed']),
  lunKeys: z.array(z.string()),
  hostIds: z.array(z.uuid()),
});
/** A map was put in force, or a vCenter came or went. `lunKeys` = the LUNs whose reach is another one now, `hostIds` = hosts of which it says something else itself. */
export type MapChange = z.infer<typeof MapChange>;

/** What the maps changed and nobody has judged yet. Noted in the transaction of the change, so that no crash loses it. */
export class MapChangeRepository {
  constructor(private readonly sql: Sql) {}

  note(change: Omit<MapChange, 'id' | 'hostIds'> & Partial<Pick<MapChange, 'hostIds'>>): Promise<void> {
    return this.sql.run('INSERT INTO map_change (vcenter_id, kind, lun_keys, host_ids) VALUES ($1, $2, $3, $4)', [
      change.vcenterId,
      change.kind,
      change.lunKeys,
      change.hostIds ?? [],
    ]);
  }

  /** Oldest first. */
  pending(): Promise<MapChange[]> {
    return this.sql.many(
      MapChange,
      `SELECT id, vcenter_id AS "vcenterId", kind, lun_keys AS "lunKeys", host_ids AS "hostIds"
       FROM map_change ORDER BY id LIMIT 100`,
    );
  }

  done(id: number): Promise<void> {
    return this.sql.run('DELETE FROM map_change WHERE id = $1', [id]);
  }
}
