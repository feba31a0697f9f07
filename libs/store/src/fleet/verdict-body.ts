import { hash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { Assessment, type HostSummary } from '@lunwarden/contract';
import type { Dictionary } from './verdict-dictionaries.js';

/** A verdict with the summary that lists and stream show of it. */
export type Judged = { assessment: Assessment; summary: HostSummary };

/** A verdict as it is stored: deflate against the dictionary of its kind. */
export type PackedBody = { body: Uint8Array; dictionary: string };

/** More than any verdict; what is larger is no verdict of ours. */
const bodyBytes = 64 * 1024 * 1024;
/** With a dictionary the third level packs nearly as well as the sixth, in two thirds of the time. */
const level = 3;

export const packed = (text: string, { key, bytes }: Dictionary): PackedBody => ({
  body: deflateRawSync(text, { level, dictionary: bytes }),
  dictionary: key,
});

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
