import { type FeedKind, type FeedStatus, feedKinds } from '@lunwarden/contract';
import { ageProblem, bundledEndOfSupport, esxiBuilds, ttlDays, veeamBuilds } from '@lunwarden/feeds';
import type { StoredFeed } from '@lunwarden/store';

type Held = Pick<FeedStatus, 'origin' | 'asOf' | 'importedAt' | 'entries'>;

const bundled = (asOf: string, entries: number): Held => ({ origin: 'bundled', asOf, importedAt: null, entries });

/** Every feed that there could be, and how old it is at `now`. */
export const statusesOf = (stored: readonly StoredFeed[], now: string): FeedStatus[] =>
  feedKinds.map((kind) => {
    const held = heldOf(kind, stored);
    const days = kind === 'veeam-builds' || kind === 'esxi-builds' ? ttlDays['fixed-builds'] : ttlDays[kind];
    if (held.asOf === null) return { kind, ...held, state: 'missing', staleAt: null };
    const staleAt = new Date(Date.parse(held.asOf) + days * 86_400_000).toISOString();
    return { kind, ...held, state: ageProblem(held.asOf, days, now) === null ? 'fresh' : 'stale', staleAt };
  });

function heldOf(kind: FeedKind, stored: readonly StoredFeed[]): Held {
  if (kind === 'veeam-builds') return bundled(veeamBuilds.asOf, veeamBuilds.fixes.length);
  if (kind === 'esxi-builds') return bundled(esxiBuilds.asOf, esxiBuilds.fixes.length);
  const files = stored.filter((one) => one.kind === kind);
  // Of several files the oldest tells how old the feed is.
  const [oldest] = files.toSorted((a, b) => (a.asOf < b.asOf ? -1 : 1));
  if (oldest !== undefined) {
    const entries = files.reduce((sum, file) => sum + file.entries, 0);
    return { origin: 'imported', asOf: oldest.asOf, importedAt: oldest.importedAt, entries };
  }
  if (kind === 'end-of-support') return bundled(bundledEndOfSupport.asOf, bundledEndOfSupport.entries.length);
  return { origin: 'none', asOf: null, importedAt: null, entries: 0 };
}
