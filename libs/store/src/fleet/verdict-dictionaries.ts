import { hash } from 'node:crypto';
import { z } from 'zod';
import { column, type Sql } from '../sql.js';
import type { Judged } from './verdict-body.js';

/** What verdicts are packed against; a key never stands for other bytes than the first time. */
export type Dictionary = { key: string; bytes: Uint8Array };

/** A verdict as JSON, and the key of the dictionary that the one before it is packed against; null = there is none. */
export type ToPack = { judged: Judged; text: string; standing: string | null };

/** Deflate looks back 32 KiB: beyond this much a text would lie out of reach of its like in the dictionary. */
const dictionaryBytes = 28_000;
/** Whoever deletes one between our two statements leaves us to make it again. */
const mostTries = 5;

const Row = z.object({ kind: z.string(), body: column.bytes, isOurs: z.boolean() });
const Key = z.object({ kind: z.string() });

/**
 * The first verdict of a kind is the dictionary of all that follow: they differ from it in a few names and numbers.
 * Kept in the database, because whoever reads a body needs the one that it was packed with.
 */
export class VerdictDictionaries {
  private readonly known = new Map<string, Dictionary>();

  /** One for each verdict, the first of a kind becomes one. None of them is deleted before the transaction ends. */
  async of(sql: Sql, verdicts: readonly ToPack[]): Promise<Dictionary[]> {
    const held = await this.held(sql, verdicts);
    const dictionaries = [];
    for (const { judged, text } of verdicts) {
      const kind = kindOf(judged);
      const dictionary = held.get(kind) ?? (await this.read(sql, kind, text));
      held.set(kind, dictionary);
      dictionaries.push(dictionary);
    }
    return dictionaries;
  }

  /**
   * Those of the known ones that are there still, by kind. What the verdict before is packed against is; any other may have
   * been deleted since it was read.
   */
  private async held(sql: Sql, verdicts: readonly ToPack[]): Promise<Map<string, Dictionary>> {
    const kinds = new Set(verdicts.map(({ judged }) => kindOf(judged)));
    const known = new Map([...this.known].filter(([kind]) => kinds.has(kind)));
    const doubtful = verdicts.flatMap(({ judged, standing }) => {
      const key = known.get(kindOf(judged))?.key;
      return key === undefined || key === standing ? [] : [key];
    });
    if (doubtful.length === 0) return known;
    const text = 'SELECT kind FROM verdict_dictionary WHERE kind = ANY($1::text[]) ORDER BY kind FOR KEY SHARE';
    const there = new Set((await sql.many(Key, text, [doubtful])).map(({ kind }) => kind));
    for (const [kind, dictionary] of known) {
      if (!doubtful.includes(dictionary.key) || there.has(dictionary.key)) continue;
      known.delete(kind);
      if (this.known.get(kind) === dictionary) this.known.delete(kind);
    }
    return known;
  }

  private async read(sql: Sql, kind: string, text: string): Promise<Dictionary> {
    const body = Buffer.from(text).subarray(0, dictionaryBytes);
    for (let tries = 0; tries < mostTries; tries++) {
      const row = await sql.one(
        Row,
        `SELECT kind, body, coalesce(xmin = pg_current_xact_id_if_assigned()::xid, false) AS "isOurs"
         FROM verdict_dictionary WHERE kind = $1 OR starts_with(kind, $1 || ' #') ORDER BY kind LIMIT 1 FOR KEY SHARE`,
        [kind],
      );
      if (row !== null) {
        const dictionary = { key: row.kind, bytes: row.body };
        // One that this transaction has written may yet be rolled back.
        if (!row.isOurs) this.known.set(kind, dictionary);
        return dictionary;
      }
      const key = `${kind} #${hash('sha256', body).slice(0, 16)}`;
      await sql.run('INSERT INTO verdict_dictionary (kind, body) VALUES ($1, $2) ON CONFLICT DO NOTHING', [key, body]);
    }
    throw new Error('a dictionary of verdicts is deleted as fast as it is made');
  }
}

/**
 * Deletes dictionaries that no verdict is packed against. To be called in a transaction: whoever is about to use one holds
 * it, and it stays; whoever comes later finds it gone.
 * @param limit most that are deleted at once @returns how many were
 */
export async function deleteUnused(sql: Sql, limit: number): Promise<number> {
  const isUnused = 'NOT EXISTS (SELECT FROM assessment WHERE assessment.dictionary = verdict_dictionary.kind)';
  const found = await sql.many(
    Key,
    `SELECT kind FROM verdict_dictionary WHERE ${isUnused} ORDER BY kind LIMIT $1 FOR UPDATE SKIP LOCKED`,
    [limit],
  );
  // Asked again now that nobody can begin to use them: a verdict may have been committed since the first look began.
  const deleted = await sql.many(
    Key,
    `DELETE FROM verdict_dictionary WHERE kind = ANY($1::text[]) AND ${isUnused} RETURNING kind`,
    [found.map(({ kind }) => kind)],
  );
  return deleted.length;
}

/** Verdicts of a kind have the same text but for what was found. One that differs more packs worse, and no more than that. */
const kindOf = ({
  assessment: { policyVersion, findings },
  summary: { platform, mode, lastReportAt },
}: Judged): string =>
  [policyVersion, findings.length, platform, mode, lastReportAt === null ? 'silent' : 'heard'].join(' ');
