import { hash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { Assessment, type HostSummary } from '@lunwarden/contract';
import { z } from 'zod';
import { column, type Sql } from '../sql.js';

/** A verdict with the summary that lists and stream show of it. */
export type Judged = { assessment: Assessment; summary: HostSummary };

/** A verdict as it is stored: deflate against the dictionary of its kind. */
export type PackedBody = { body: Uint8Array; dictionary: string };

type Dictionary = { kind: string; bytes: Uint8Array };

/** Deflate looks back 32 KiB: beyond this much a text would lie out of reach of its like in the dictionary. */
const dictionaryBytes = 28_000;
/** More than any verdict; what is larger is no verdict of ours. */
const bodyBytes = 64 * 1024 * 1024;
/** With a dictionary the third level packs nearly as well as the sixth, in two thirds of the time. */
const level = 3;

const DictionaryRow = z.object({ body: column.bytes, isOurs: z.boolean() });

/**
 * The first verdict of a kind is the dictionary of all that follow: they differ from it in a few names and numbers.
 * Kept in the database, because whoever reads a body needs the one that it was packed with.
 */
export class VerdictDictionaries {
  private readonly known = new Map<string, Dictionary>();

  /** @param text the assessment as JSON; the first of its kind becomes the dictionary */
  async of(sql: Sql, judged: Judged, text: string): Promise<Dictionary> {
    const kind = kindOf(judged);
    const known = this.known.get(kind);
    if (known !== undefined) return known;
    await sql.run(`INSERT INTO verdict_dictionary (kind, body) VALUES ($1, $2) ON CONFLICT DO NOTHING`, [
      kind,
      Buffer.from(text).subarray(0, dictionaryBytes),
    ]);
    const row = await sql.one(
      DictionaryRow,
      `SELECT body, coalesce(xmin = pg_current_xact_id_if_assigned()::xid, false) AS "isOurs" FROM verdict_dictionary WHERE kind = $1`,
      [kind],
    );
    if (row === null) throw new Error('a dictionary of verdicts is gone: restore the database');
    const dictionary = { kind, bytes: row.body };
    // One that this transaction has written may yet be rolled back.
    if (!row.isOurs) this.known.set(kind, dictionary);
    return dictionary;
  }
}

export const packed = (text: string, { kind, bytes }: Dictionary): PackedBody => ({
  body: deflateRawSync(text, { level, dictionary: bytes }),
  dictionary: kind,
});

/** Verdicts of a kind have the same text but for what was found. One that differs more packs worse, and no more than that. */
const kindOf = ({
  assessment: { policyVersion, findings },
  summary: { platform, mode, lastReportAt },
}: Judged): string =>
  [policyVersion, findings.length, platform, mode, lastReportAt === null ? 'silent' : 'heard'].join(' ');

/** @param dictionary null = from before there were dictionaries: plain JSON */
export function unpacked(body: Uint8Array, dictionary: Uint8Array | null): Assessment {
  const json = dictionary === null ? body : inflateRawSync(body, { dictionary, maxOutputLength: bodyBytes });
  return Assessment.parse(JSON.parse(Buffer.from(json).toString('utf8')));
}

const times = /"(asOf|validUntil|mapUntil|calendarUntil|observedAt|lastReportAt|mapCollectedAt)":"[^"]*"/g;

/**
 * SHA-256 of what JSON says apart from its times, which move with every report and with every look.
 * Within a string of JSON each quote has a backslash before it, so no text can pass for one of these keys.
 */
export const saidHash = (text: string, { withTimes = false } = {}): Uint8Array =>
  hash('sha256', withTimes ? text : text.replace(times, '"$1":""'), 'buffer');

/** SHA-256 of a set of keys, in whatever order and however often they came. */
export const keysHash = (keys: readonly string[]): Uint8Array =>
  hash('sha256', [...new Set(keys)].sort().join('\n'), 'buffer');

/** Are two hashes the same, or both unknown? */
export const isSame = (one: Uint8Array | null, other: Uint8Array | null): boolean =>
  one === null || other === null ? one === other : Buffer.compare(one, other) === 0;
