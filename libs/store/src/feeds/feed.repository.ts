import { type ImportableFeed, importableFeeds } from '@lunwarden/contract';
import { z } from 'zod';
import { column, type Sql } from '../sql.js';

/** One imported file. `scope` is the product of a list of releases, else ''. */
export type StoredFeed = {
  kind: ImportableFeed;
  scope: string;
  /** The day that it proves, and when it came in; ISO instants. */
  asOf: string;
  importedAt: string;
  entries: number;
  sha256: Uint8Array;
};

export type StoredEntry = { key: string; body: unknown };

/** Entries of one statement: making its parameters takes a few milliseconds. */
const entriesAStatement = 1_000;

const FeedRow = z.object({
  kind: z.enum(importableFeeds),
  scope: z.string(),
  as_of: column.instant,
  imported_at: column.instant,
  entries: z.int(),
  sha256: column.bytes,
});
const KeyRow = z.object({ key: z.string() });

/** Feeds as they were imported. */
export class FeedRepository {
  constructor(private readonly sql: Sql) {}

  async all(): Promise<StoredFeed[]> {
    const rows = await this.sql.many(
      FeedRow,
      `SELECT kind, scope, as_of, imported_at, entries, sha256 FROM feed ORDER BY kind, scope`,
    );
    return rows.map(({ as_of, imported_at, ...row }) => ({ ...row, asOf: as_of, importedAt: imported_at }));
  }

  /** One import of a kind at a time, until the end of the transaction. */
  async lock(kind: ImportableFeed): Promise<void> {
    await this.sql.run(`SELECT pg_advisory_xact_lock(hashtextextended('feed ' || $1, 0))`, [kind]);
  }

  /** Only the date of what is stored moves: the file says the same as the one before. */
  async save({ kind, scope, asOf, importedAt, entries, sha256 }: StoredFeed): Promise<void> {
    await this.sql.run(
      `INSERT INTO feed (kind, scope, as_of, imported_at, entries, sha256) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (kind, scope) DO UPDATE SET as_of = excluded.as_of, imported_at = excluded.imported_at,
         entries = excluded.entries, sha256 = excluded.sha256`,
      [kind, scope, asOf, importedAt, entries, sha256],
    );
  }

  /**
   * Makes these the whole of what a feed says, within a transaction. Entries go over in small pieces, so that the process
   * serves others in between; what says something else now, or nothing any more, stays in the database until it ends.
   * @returns how many entries changed
   */
  async replaceEntries({ kind, scope }: Pick<StoredFeed, 'kind' | 'scope'>, entries: readonly StoredEntry[]) {
    await this.sql.run(`CREATE TEMP TABLE feed_incoming (key text COLLATE "C", body jsonb) ON COMMIT DROP`);
    await this.sql.run(`CREATE TEMP TABLE feed_changed (key text COLLATE "C") ON COMMIT DROP`);
    for (let at = 0; at < entries.length; at += entriesAStatement) {
      const some = entries.slice(at, at + entriesAStatement);
      await this.sql.run(`INSERT INTO feed_incoming (key, body) SELECT * FROM unnest($1::text[], $2::jsonb[])`, [
        some.map(({ key }) => key),
        some.map(({ body }) => JSON.stringify(body)),
      ]);
    }
    await this.sql.run(`ANALYZE feed_incoming`);
    await this.sql.run(
      `WITH gone AS (
         DELETE FROM feed_entry WHERE kind = $1 AND ($2 = '' OR starts_with(key, $2 || '/'))
           AND NOT EXISTS (SELECT 1 FROM feed_incoming WHERE feed_incoming.key = feed_entry.key)
         RETURNING key
       )
       INSERT INTO feed_changed (key) SELECT key FROM gone`,
      [kind, scope],
    );
    await this.sql.run(
      `WITH come AS (
         INSERT INTO feed_entry (kind, key, body) SELECT $1, key, body FROM feed_incoming
         ON CONFLICT (kind, key) DO UPDATE SET body = excluded.body WHERE feed_entry.body IS DISTINCT FROM excluded.body
         RETURNING key
       )
       INSERT INTO feed_changed (key) SELECT key FROM come`,
      [kind],
    );
    // Without figures the planner would take it for long and read the whole of the inverted index.
    await this.sql.run(`ANALYZE feed_changed`);
    const row = await this.sql.one(z.object({ changed: z.int() }), `SELECT count(*)::int AS changed FROM feed_changed`);
    return row?.changed ?? 0;
  }

  /** Which of these keys the last `replaceEntries` of this transaction changed, sorted. */
  async changedAmong(keys: readonly string[]): Promise<string[]> {
    const rows = await this.sql.many(KeyRow, `SELECT key FROM feed_changed WHERE key = ANY($1::text[]) ORDER BY key`, [
      keys,
    ]);
    return rows.map(({ key }) => key);
  }

  /** What a feed says of these keys; those of which it says nothing are not among them. */
  async bodies<Body extends z.ZodType>(
    kind: ImportableFeed,
    body: Body,
    keys: readonly string[],
  ): Promise<Map<string, z.output<Body>>> {
    if (keys.length === 0) return new Map();
    const rows = await this.sql.many(
      z.object({ key: z.string(), body: z.unknown() }),
      `SELECT key, body FROM feed_entry WHERE kind = $1 AND key = ANY($2::text[])`,
      [kind, keys],
    );
    return new Map(rows.map((row) => [row.key, body.parse(row.body)]));
  }
}
