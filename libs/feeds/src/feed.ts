import type { UnknownReason } from '@lunwarden/contract';
import { z } from 'zod';

/** One fact of a feed, found again by its key: a CVE, a release, a product. */
export type FeedEntry<B> = { key: string; body: B };

/** Entries that may come into being only while they are gone through: hundreds of thousands would keep the garbage collector busy. */
export type FeedEntries<B> = Iterable<FeedEntry<B>> & { readonly length: number };

/** What a file says. `asOf` is the day that the file itself proves, never the day on which it was imported. */
export type ParsedFeed<B> = {
  /** ISO instant. */
  asOf: string;
  entries: FeedEntries<B>;
  /** Lines that concern nothing we look up, e.g. other products. */
  ignored: number;
};

/** A file is read whole or not at all: half a feed would show the other half as no exposure. */
export type Reading<B> = { feed: ParsedFeed<B> } | { refused: string };

export const Cve = z.string().regex(/^CVE-[0-9]{4}-[0-9]{4,19}$/);
/** `2025-08-25`, and a day that the calendar has. */
export const Day = z.iso.date();

/**
 * Reads a file piece by piece, so that whoever reads may let others have their turn in between. The first `next()` starts
 * it; then `next(piece)` for each piece of text and `next(null)` at the end, until it is done.
 */
export type FeedReader<B> = Generator<void, Reading<B>, string | null>;

/** A piece that takes a few milliseconds at most. */
export const pieceChars = 65_536;

/** Reads a text that is there already. */
export function readText<B>(reader: FeedReader<B>, text: string): Reading<B> {
  let step = reader.next();
  for (let at = 0; step.done !== true && at < text.length; at += pieceChars)
    step = reader.next(text.slice(at, at + pieceChars));
  while (step.done !== true) step = reader.next(null);
  return step.value;
}

/** All pieces of a text that must be read at once; null = it is longer than `most` characters. */
export function* wholeText(most: number): Generator<void, string | null, string | null> {
  const pieces: string[] = [];
  let length = 0;
  for (let piece = yield; piece !== null; piece = yield) {
    pieces.push(piece);
    length += piece.length;
    if (length > most) return null;
  }
  return pieces.join('').replace(/^\ufeff/, '');
}

const day = 86_400_000;

/** For how long a feed may show that something is not listed. What it does list stays listed. */
export const ttlDays = {
  kev: 30,
  epss: 30,
  'kb-catalogue': 45,
  // Lifecycle dates are announced years ahead.
  'end-of-support': 180,
  'veeam-builds': 30,
  'esxi-builds': 30,
} as const;

/** What is wrong with a feed's age at `now`; null = nothing. A date from the future proves nothing either. */
export function ageProblem(asOf: string, days: number, now: string): UnknownReason | null {
  const age = Date.parse(now) - Date.parse(asOf);
  if (Number.isNaN(age) || age < -day) return 'clock';
  return age < days * day ? null : 'stale';
}

/** The first complaints of a schema in one line. */
export const complaint = (error: z.ZodError): string =>
  error.issues
    .slice(0, 3)
    .map(({ path, message }) => `${path.join('.') || 'file'}: ${message}`)
    .join('; ')
    .slice(0, 300);
