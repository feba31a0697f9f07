import { z } from 'zod';
import type { Sql } from '../sql.js';

/** What one host's verdict was looked up by: the CVEs of its missing updates, its product. */
export type KeysOfHost = { hostId: string; keys: readonly string[] };

const HostRow = z.object({ host_id: z.string() });
/** So many keys are looked up one by one; more are joined. */
const fewKeys = 5_000;

/** Which host hangs on which part of the feeds. */
export class FeedKeyRepository {
  constructor(private readonly sql: Sql) {}

  /** Makes `keys` the whole of what each of these hosts hangs on; only what differs is written. */
  async replace(hosts: readonly KeysOfHost[]): Promise<void> {
    if (hosts.length === 0) return;
    const pairs = hosts.flatMap(({ hostId, keys }) => [...new Set(keys)].map((key) => ({ hostId, key })));
    await this.sql.run(
      `WITH now_held AS (SELECT * FROM unnest($1::uuid[], $2::text[]) AS input(host_id, key)),
       gone AS (
         DELETE FROM host_feed_key held WHERE held.host_id = ANY($3::uuid[])
           AND NOT EXISTS (SELECT 1 FROM now_held WHERE now_held.host_id = held.host_id AND now_held.key = held.key)
       )
       INSERT INTO host_feed_key (key, host_id)
       SELECT key, host_id FROM now_held
       WHERE NOT EXISTS (SELECT 1 FROM host_feed_key held WHERE held.host_id = now_held.host_id AND held.key = now_held.key)
       ON CONFLICT DO NOTHING`,
      [pairs.map(({ hostId }) => hostId), pairs.map(({ key }) => key), hosts.map(({ hostId }) => hostId)],
    );
  }

  /** Hosts that hang on at least one of these keys, in the order of their ids. */
  async hostsOn(keys: readonly string[]): Promise<string[]> {
    if (keys.length === 0) return [];
    const rows = await this.sql.many(
      HostRow,
      // Keys as a list and not as a table: the planner then knows how rare each of them is.
      `SELECT DISTINCT host_id FROM host_feed_key WHERE key = ANY($1::text[]) ORDER BY host_id`,
      [keys],
    );
    return rows.map((row) => row.host_id);
  }

  /** Hosts that hang on what the last `replaceEntries` of this transaction changed, or on one of `others`. */
  async hostsOnChanged(others: readonly string[] = []): Promise<string[]> {
    const changed = await this.sql.many(z.object({ key: z.string() }), `SELECT key FROM feed_changed LIMIT $1`, [
      fewKeys + 1,
    ]);
    if (changed.length <= fewKeys) return this.hostsOn([...changed.map(({ key }) => key), ...others]);
    const rows = await this.sql.many(
      HostRow,
      `SELECT DISTINCT host_id FROM (SELECT key FROM feed_changed UNION ALL SELECT unnest($1::text[])) AS changed(key)
       JOIN host_feed_key USING (key) ORDER BY host_id`,
      [others],
    );
    return rows.map((row) => row.host_id);
  }

  /** Lets the verdicts of these hosts run out now, so that they are made again even if whoever asked for it dies. */
  async letRunOut(hostIds: readonly string[]): Promise<void> {
    if (hostIds.length === 0) return;
    await this.sql.run(`UPDATE host_seen SET report_ms = 0 WHERE host_id = ANY($1::uuid[]) AND report_ms <> 0`, [
      hostIds,
    ]);
  }

  /** The same for every host: what no feed could tell before, one tells now. @returns how many hosts there are. */
  async letAllRunOut(): Promise<number> {
    await this.sql.run(`UPDATE host_seen SET report_ms = 0 WHERE report_ms <> 0`);
    const row = await this.sql.one(
      z.object({ hosts: z.int() }),
      `SELECT count(*)::int AS hosts FROM host_seen JOIN host ON host.id = host_id WHERE host.retired_at IS NULL`,
    );
    return row?.hosts ?? 0;
  }
}
