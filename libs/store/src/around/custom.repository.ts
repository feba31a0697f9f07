import { SanPolicy, WindowsFacts } from '@lunwarden/contract';
import { z } from 'zod';
import { column, type Sql } from '../sql.js';

const Count = z.strictObject({
  sanPolicy: SanPolicy.nullable(),
  automount: WindowsFacts.shape.automount.options[0].shape.value.nullable(),
  hosts: z.int(),
});
/** How many Windows hosts are set alike; null = nobody knows how they are set now. */
export type StoredGuardCount = z.infer<typeof Count>;
export type FleetCustom = { counts: StoredGuardCount[]; countedAt: string };

/** How the guards of the fleet are set. Counted now and then by whoever sweeps, read by whoever judges. */
export class CustomRepository {
  constructor(private readonly sql: Sql) {}

  /** null = nobody has counted yet. */
  async read(): Promise<FleetCustom | null> {
    const row = await this.sql.one(
      z.object({ counts: z.array(Count), counted_at: column.instant }),
      `SELECT counts, counted_at FROM fleet_custom WHERE id = 1`,
    );
    return row === null ? null : { counts: row.counts, countedAt: row.counted_at };
  }

  /** Counts by the verdicts that stand; a host whose facts were true before `since` (ISO) is set nobody knows how. */
  count(since: string): Promise<StoredGuardCount[]> {
    return this.sql.many(
      Count,
      `SELECT CASE WHEN is_fresh THEN nullif(nullif(san_policy, 'unknown'), 'not-applicable') END AS "sanPolicy",
         CASE WHEN is_fresh THEN nullif(nullif(automount, 'unknown'), 'not-applicable') END AS automount, count(*)::int AS hosts
       FROM (SELECT assessment.summary->>'sanPolicy' AS san_policy, assessment.summary->>'automount' AS automount,
               seen.observed_at > $1 AND NOT seen.identity_conflict AS is_fresh
             FROM host JOIN host_seen seen ON seen.host_id = host.id LEFT JOIN assessment ON assessment.host_id = host.id
             WHERE host.retired_at IS NULL AND host.platform = 'windows') guards
       GROUP BY 1, 2 ORDER BY 1, 2`,
      [since],
    );
  }

  async save({ counts, countedAt }: FleetCustom): Promise<void> {
    await this.sql.run(
      `INSERT INTO fleet_custom (id, counts, counted_at) VALUES (1, $1, $2)
       ON CONFLICT (id) DO UPDATE SET counts = excluded.counts, counted_at = excluded.counted_at`,
      [JSON.stringify(counts), countedAt],
    );
  }

  /** Hosts whose guards stand like this in their verdict. */
  async hostsSet({ sanPolicy, automount }: Pick<StoredGuardCount, 'sanPolicy' | 'automount'>): Promise<string[]> {
    const rows = await this.sql.many(
      z.object({ id: z.string() }),
      `SELECT host.id FROM host JOIN assessment ON assessment.host_id = host.id
       WHERE host.retired_at IS NULL AND host.platform = 'windows'
         AND assessment.summary->>'sanPolicy' = $1 AND assessment.summary->>'automount' = $2 ORDER BY host.id`,
      [sanPolicy ?? 'unknown', automount ?? 'unknown'],
    );
    return rows.map(({ id }) => id);
  }
}
