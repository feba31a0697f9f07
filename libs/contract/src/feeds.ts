import { z } from 'zod';
import { Count, Instant, Text } from './text.js';

/** Feeds that come as files; tables of fixed builds and ends of support come with the program too. */
export const importableFeeds = [
  'kev',
  'epss',
  'kb-catalogue',
  'end-of-support',
  'veeam-builds',
  'esxi-builds',
] as const;
export type ImportableFeed = (typeof importableFeeds)[number];
/** How far an import has come. `bytes` of the file as it was sent; `totalBytes` null = nobody announced them. */
export const FeedProgress = z.strictObject({
  phase: z.enum(['reading', 'writing']),
  bytes: Count,
  totalBytes: Count.nullable(),
  /** Entries that went to the database so far. */
  entries: Count,
});
export type FeedProgress = z.infer<typeof FeedProgress>;

/** How old a feed is. A stale one still shows what it lists, but never that something is not listed. */
export const FeedStatus = z.strictObject({
  kind: z.enum(importableFeeds),
  origin: z.enum(['none', 'bundled', 'imported']),
  state: z.enum(['missing', 'fresh', 'stale']),
  /** The day that the feed itself proves; null = there is none. */
  asOf: Instant.nullable(),
  /** null = never; bundled tables came with the program. */
  importedAt: Instant.nullable(),
  staleAt: Instant.nullable(),
  entries: Count,
  /** What to do about it, for people; null = nothing. */
  nextStep: Text(300).nullable(),
  /** null = nothing is being imported. */
  importing: FeedProgress.nullable(),
});
export type FeedStatus = z.infer<typeof FeedStatus>;

/** What an import did. `older`: the file is older than what is stored, which was kept. */
export const FeedImport = z.strictObject({
  kind: z.enum(importableFeeds),
  result: z.enum(['imported', 'unchanged', 'older']),
  asOf: Instant,
  entries: Count,
  /** Lines about products that nobody looks up. */
  ignored: Count,
  changedEntries: Count,
  /** Hosts that are judged again because of it. */
  affectedHosts: Count,
});
export type FeedImport = z.infer<typeof FeedImport>;

/** Bounds of a feed file, as sent (plain or gzip) and inflated. */
export const feedLimits = { uploadBytes: 33_554_432, inflatedBytes: 134_217_728 } as const;
