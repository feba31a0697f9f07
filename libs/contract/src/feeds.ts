import { z } from 'zod';
import { Count, Instant } from './text.js';

/** Feeds that come as files. */
export const importableFeeds = ['kev', 'epss', 'kb-catalogue', 'end-of-support'] as const;
export type ImportableFeed = (typeof importableFeeds)[number];
/** All that is known from outside; fixed builds come with the program. */
export const feedKinds = [...importableFeeds, 'veeam-builds', 'esxi-builds'] as const;
export type FeedKind = (typeof feedKinds)[number];

/** How old a feed is. A stale one still shows what it lists, but never that something is not listed. */
export const FeedStatus = z.strictObject({
  kind: z.enum(feedKinds),
  origin: z.enum(['none', 'bundled', 'imported']),
  state: z.enum(['missing', 'fresh', 'stale']),
  /** The day that the feed itself proves; null = there is none. */
  asOf: Instant.nullable(),
  /** null = never; bundled tables came with the program. */
  importedAt: Instant.nullable(),
  staleAt: Instant.nullable(),
  entries: Count,
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
