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

/** Text of one statement: making it takes a few milliseconds. */
const charsAStatement = 131_072;
/** Rows of one page of a product. */
const rowsAPage = 500;

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
   * serves others in between; only what says something else now, or nothing any more, is written.
   * @param onSent told how many entries went over so far
   * @returns how many entries changed
   */
  async replaceEntries(
    { kind, scope }: Pick<StoredFeed, 'kind' | 'scope'>,
    entries: Iterable<StoredEntry>,
    onSent: (entries: number) => void = () => undefined,
  ): Promise<number> {
    await this.sql.run(`CREATE TEMP TABLE feed_incoming (key text COLLATE "C", body jsonb) ON COMMIT DROP`);
    // `is_placed`: it came, went, or stands in another place among its like; else only what it says of itself changed.
    await this.sql.run(`CREATE TEMP TABLE feed_changed (key text COLLATE "C", is_placed boolean) ON COMMIT DROP`);
    for (const { text, sent } of packed(entries)) {
      // One text for many rows: an array would cost us an escape of every quote, and PostgreSQL its removal.
      await this.sql.run(
        `INSERT INTO feed_incoming (key, body)
         SELECT split_part(line, E'\\t', 1), split_part(line, E'\\t', 2)::jsonb FROM unnest(string_to_array($1, E'\\n')) AS line`,
        [text],
      );
      onSent(sent);
    }
    await this.sql.run(`ANALYZE feed_incoming`);
    await this.writeChanged(kind, scope);
    const row = await this.sql.one(z.object({ changed: z.int() }), `SELECT count(*)::int AS changed FROM feed_changed`);
    return row?.changed ?? 0;
  }

  private async writeChanged(kind: ImportableFeed, scope: string): Promise<void> {
    await this.sql.run(
      `INSERT INTO feed_changed (key, is_placed)
       SELECT key, held.body IS NULL OR incoming.body IS NULL
         OR held.body - '{cves,severity}'::text[] <> incoming.body - '{cves,severity}'::text[]
       FROM feed_incoming incoming FULL JOIN (
         SELECT key, body FROM feed_entry WHERE kind = $1 AND ($2 = '' OR starts_with(key, $2 || '/'))
       ) held USING (key) WHERE held.body IS DISTINCT FROM incoming.body`,
      [kind, scope],
    );
    // Without figures the planner would take it for long and read the whole of the inverted index.
    await this.sql.run(`ANALYZE feed_changed`);
    await this.sql.run(
      `DELETE FROM feed_entry USING feed_changed changed WHERE feed_entry.kind = $1 AND feed_entry.key = changed.key
         AND NOT EXISTS (SELECT 1 FROM feed_incoming WHERE feed_incoming.key = changed.key)`,
      [kind],
    );
    await this.sql.run(
      `INSERT INTO feed_entry (kind, key, body) SELECT $1, key, body FROM feed_incoming JOIN feed_changed USING (key)
       ON CONFLICT (kind, key) DO UPDATE SET body = excluded.body`,
      [kind],
    );
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

  /** All that a feed says of keys that begin like this, a page at a time, so that none holds the process for long. */
  async *bodiesBelow<Body extends z.ZodType>(
    kind: ImportableFeed,
    body: Body,
    start: string,
  ): AsyncGenerator<[key: string, body: z.output<Body>][]> {
    for (let after = start; ; ) {
      const rows = await this.sql.many(
        z.object({ key: z.string(), body: z.unknown() }),
        `SELECT key, body FROM feed_entry WHERE kind = $1 AND key > $2 AND starts_with(key, $3) ORDER BY key LIMIT $4`,
        [kind, after, start, rowsAPage],
      );
      yield rows.map((row) => [row.key, body.parse(row.body)]);
      const last = rows.at(-1);
      if (last === undefined || rows.length < rowsAPage) return;
      after = last.key;
    }
  }
}

/** A line an entry, its key before a tab; JSON holds no line break and no tab of its own. */
function* packed(entries: Iterable<StoredEntry>): Generator<{ text: string; sent: number }> {
  let lines: string[] = [];
  let [chars, sent] = [0, 0];
  for (const { key, body } of entries) {
    const line = `${key}\t${JSON.stringify(body)}`;
    lines.push(line);
    chars += line.length;
    sent += 1;
    if (chars < charsAStatement) continue;
    yield { text: lines.join('\n'), sent };
    lines = [];
    chars = 0;
  }
  if (lines.length > 0) yield { text: lines.join('\n'), sent };
}
