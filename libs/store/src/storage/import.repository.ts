import type { LunMap } from '@lunwarden/contract';
import { z } from 'zod';
import type { Sql } from '../sql.js';

const Target = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  /** It has an account, so that it is read by itself. */
  isConnected: z.boolean(),
});
/** A vCenter that an import may belong to. */
export type ImportTarget = z.infer<typeof Target>;
export type MapImport = { at: string; by: string; file: string | null; collectedAt: string };

const Id = z.strictObject({ id: z.uuid() });

/** Maps that came as files. */
export class ImportRepository {
  constructor(private readonly sql: Sql) {}

  /** The vCenter with that instance UUID, or else of that name. */
  target(name: string, instanceUuid: string): Promise<ImportTarget | null> {
    return this.sql.one(
      Target,
      `SELECT vcenter.id, vcenter.name, vcenter.username IS NOT NULL AS "isConnected"
       FROM vcenter LEFT JOIN map_in_force map ON map.vcenter_id = vcenter.id
       WHERE vcenter.name = $1 OR map.instance_uuid = $2 OR vcenter.url = 'rvtools:' || $2
       ORDER BY map.instance_uuid = $2 DESC NULLS LAST, vcenter.name = $1 LIMIT 1`,
      [name, instanceUuid],
    );
  }

  /** Until the transaction ends nobody else puts a map of this vCenter in force. Locks in the order of a collection. */
  async lock(vcenterId: string): Promise<void> {
    await this.sql.run('SELECT FROM vcenter_collection WHERE vcenter_id = $1 FOR UPDATE', [vcenterId]);
    await this.sql.run('SELECT FROM vcenter WHERE id = $1 FOR NO KEY UPDATE', [vcenterId]);
  }

  /** A vCenter that is known by files alone. @returns false if its name or its id is taken */
  async add(id: string, name: string, instanceUuid: string): Promise<boolean> {
    const text = `INSERT INTO vcenter (id, name, url) VALUES ($1, $2, 'rvtools:' || $3) ON CONFLICT DO NOTHING RETURNING id`;
    return (await this.sql.one(Id, text, [id, name, instanceUuid])) !== null;
  }

  /** Notes who brought a map in force. */
  note(vcenterId: string, { at, by, file, collectedAt }: MapImport): Promise<void> {
    return this.sql.run(
      `INSERT INTO map_import (vcenter_id, imported_at, imported_by, file, collected_at) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (vcenter_id) DO UPDATE SET imported_at = excluded.imported_at, imported_by = excluded.imported_by,
         file = excluded.file, collected_at = excluded.collected_at`,
      [vcenterId, at, by, file, collectedAt],
    );
  }

  /** Notes what became of an import beside the attempts to collect. */
  attempt(
    vcenterId: string,
    attempt: {
      at: string;
      outcome: 'in-force' | 'incomplete' | 'needs-confirmation';
      map: LunMap;
      error: string | null;
    },
  ): Promise<void> {
    const { at, outcome, map, error } = attempt;
    const gaps = outcome === 'in-force' ? [] : map.gaps;
    return this.sql.run(
      `INSERT INTO map_attempt (vcenter_id, started_at, outcome, duration_ms, counts, gaps, gap_count, error_code, error)
       VALUES ($1, $2, $3, 0, $4, $5, $6, NULL, $7) ON CONFLICT DO NOTHING`,
      [vcenterId, at, outcome, JSON.stringify(map.counts), JSON.stringify(gaps.slice(0, 5_000)), gaps.length, error],
    );
  }
}
