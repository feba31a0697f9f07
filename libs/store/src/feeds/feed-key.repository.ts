import { z } from 'zod';
import type { Sql } from '../sql.js';

/** What one host's verdict was looked up by: the CVEs of its missing updates, its product. */
export type KeysOfHost = { hostId: string; keys: readonly string[] };

const HostRow = z.object({ host_id: z.string() });
/** So many keys are looked up one by one; more are joined. */
const fewKeys = 5_000;

const feedsLock = `hashtextextended('what feeds say', 0)`;
/**
 * Whoever judges hosts holds what the feeds say until his verdicts, and what they hang on, are committed; whoever changes
 * it looks for the hosts that it concerns only after that. So no verdict by an old feed is ever overlooked.
 */
export const feedsHeld = `pg_advisory_xact_lock_shared(${feedsLock})`;

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

  /** Waits for everybody who judges by what the feeds said until now, and lets nobody begin until the transaction ends. */
  async takeFeeds(): Promise<void> {
    await this.sql.run(`SELECT pg_advisory_xact_lock(${feedsLock})`);
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

  /**
   * Hosts that hang on what the last `replaceEntries` of this transaction changed, or on one of `others`; what changed in
   * its place among its like also concerns those that hang on the part of its key before `|`.
   * @param prefix what those who hang on these keys put before them
   */
  async hostsOnChanged({ prefix = '', others = [] }: { prefix?: string; others?: readonly string[] } = {}) {
    const changed = await this.sql.many(
      z.object({ key: z.string() }),
      `SELECT $2 || key AS key FROM feed_changed
       UNION SELECT split_part(key, '|', 1) FROM feed_changed WHERE is_placed AND strpos(key, '|') > 0 LIMIT $1`,
      [fewKeys + 1, prefix],
    );
    if (changed.length <= fewKeys) return this.hostsOn([...changed.map(({ key }) => key), ...others]);
    const rows = await this.sql.many(
      HostRow,
      `SELECT DISTINCT host_id FROM (
         SELECT ($2 || key) COLLATE "C" AS key FROM feed_changed
         UNION SELECT split_part(key, '|', 1) COLLATE "C" FROM feed_changed WHERE is_placed AND strpos(key, '|') > 0
         UNION SELECT unnest($1::text[]) COLLATE "C"
       ) AS changed JOIN host_feed_key USING (key) ORDER BY host_id`,
      [others, prefix],
    );
    return rows.map((row) => row.host_id);
  }

  /**
   * Marks the verdicts of these hosts, 'all' of them if need be: they have run out, and are made again even if whoever
   * asked for it dies. Rows are taken in the order in which everybody takes them.
   * @returns how many hosts there are
   */
  async letRunOut(hostIds: readonly string[] | 'all'): Promise<number> {
    const row = await this.sql.one(
      z.object({ hosts: z.int() }),
      `WITH held AS (
         SELECT seen.host_id FROM host_seen seen JOIN host ON host.id = seen.host_id AND host.retired_at IS NULL
         WHERE ($1::uuid[] IS NULL OR seen.host_id = ANY($1::uuid[])) ORDER BY seen.host_id FOR NO KEY UPDATE OF seen
       ), marked AS (
         UPDATE host_seen SET feeds_moved = true FROM held WHERE host_seen.host_id = held.host_id AND NOT host_seen.feeds_moved
       )
       SELECT count(*)::int AS hosts FROM held`,
      [hostIds === 'all' ? null : hostIds],
    );
    return row?.hosts ?? 0;
  }
}
