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

/** Entries of one statement: a long feed is many of them, none of which outlives its timeout. */
const entriesAStatement = 5_000;

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

  /** Makes these the whole of what a feed says. @returns keys that say something else now, or nothing any more. */
  async replaceEntries(feed: Pick<StoredFeed, 'kind' | 'scope'>, entries: readonly StoredEntry[]): Promise<string[]> {
    const changed = await this.removeOthers(
      feed,
      entries.map(({ key }) => key),
    );
    for (let at = 0; at < entries.length; at += entriesAStatement) {
      const some = entries.slice(at, at + entriesAStatement);
      const rows = await this.sql.many(
        KeyRow,
        `INSERT INTO feed_entry (kind, key, body)
         SELECT $1, input.key, input.body FROM unnest($2::text[], $3::jsonb[]) AS input(key, body)
         ON CONFLICT (kind, key) DO UPDATE SET body = excluded.body WHERE feed_entry.body IS DISTINCT FROM excluded.body
         RETURNING key`,
        [feed.kind, some.map(({ key }) => key), some.map(({ body }) => JSON.stringify(body))],
      );
      for (const { key } of rows) changed.push(key);
    }
    return changed;
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

  private async removeOthers({ kind, scope }: Pick<StoredFeed, 'kind' | 'scope'>, keys: string[]): Promise<string[]> {
    const rows = await this.sql.many(
      KeyRow,
      `DELETE FROM feed_entry WHERE kind = $1 AND ($2 = '' OR starts_with(key, $2 || '/'))
         AND NOT EXISTS (SELECT 1 FROM unnest($3::text[]) AS kept(key) WHERE kept.key = feed_entry.key)
       RETURNING key`,
      [kind, scope, keys],
    );
    return rows.map(({ key }) => key);
  }
}
