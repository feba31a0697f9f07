import type { PendingUpdate } from '@lunwarden/contract';
import type { CatalogueUpdate, MissingByCatalogue } from '../facts/feed-view.js';
import { aged } from '../outside.js';
import { reasonWords, type Told } from '../reading.js';
import type { Source } from '../signals.js';

/**
 * What a host lacks, as far as anybody can tell. Its own scan has the word; where that says nothing certain, its list of
 * installed updates is held against the catalogue of bulletins.
 */
export type Lacking = {
  by: 'scan' | 'catalogue';
  /** Known to be missing, by whoever said so last (R5). */
  sure: readonly CatalogueUpdate[];
  /** Security updates of which neither the host nor a catalogue names a vulnerability: they may fix any. */
  nameless: readonly string[];
  /** What may be missing besides; null = anything. */
  more: readonly CatalogueUpdate[] | null;
  /** CVEs that no update fixes. */
  withoutUpdate: readonly string[];
  /** Why `more` is not empty, for people; '' = it is. */
  why: string;
};

export function lackingOf(scan: Told<PendingUpdate[]>, source: Source): Lacking {
  const told = scan.kind === 'certain' ? null : catalogueOf(source);
  const seen = scan.kind === 'unknown' ? [] : withCves(scan.value, source);
  const nameless = scan.kind === 'unknown' ? [] : namelessIn(scan.value, source);
  if (told !== null) return { ...told, sure: [...seen, ...told.sure], nameless };
  const isWhole = scan.kind === 'certain';
  return {
    by: 'scan',
    sure: seen,
    nameless,
    more: isWhole ? [] : null,
    withoutUpdate: [],
    why: isWhole ? '' : reasonWords[scan.why],
  };
}

/** Windows Update names no CVEs for many an update: then the catalogue may. */
const withCves = (pending: readonly PendingUpdate[], { facts: { feeds } }: Source): CatalogueUpdate[] =>
  pending.map(({ id, severity, cves }) => ({
    id,
    severity,
    cves: cves.length > 0 ? cves : (feeds?.cvesOfUpdates[id] ?? []),
  }));

/** Windows Update names the CVEs of few updates. */
const namelessIn = (pending: readonly PendingUpdate[], source: Source): string[] => {
  const named = withCves(pending, source);
  return pending.filter((update, at) => isSecurity(update) && named[at]?.cves.length === 0).map(({ id }) => id);
};

const isSecurity = ({ severity, categories }: PendingUpdate): boolean =>
  severity === 'critical' || severity === 'important' || categories.some((name) => /^security\b/i.test(name));

/** null = the catalogue has nothing to say of this host. An old one, or an old list of updates, may add and never clear. */
function catalogueOf(source: Source): Omit<Lacking, 'nameless'> | null {
  const {
    facts: { feeds },
    trusts: { patch },
  } = source;
  if (feeds === undefined || 'unknown' in feeds.catalogue) return null;
  const { value } = feeds.catalogue;
  const told = aged(source, 'catalogueMs', { known: feeds.catalogue, at: value.asOf });
  const common = { by: 'catalogue', sure: value.missing, withoutUpdate: value.withoutUpdate } as const;
  if (!patch.fresh) return { ...common, more: null, why: reasonWords[patch.reason] };
  if (told.kind !== 'certain')
    return { ...common, more: null, why: `the catalogue of updates is of ${value.asOf.slice(0, 10)} and too old` };
  return { ...common, more: value.doubtful, why: value.doubtful.length === 0 ? '' : holesOf(value) };
}

const holesOf = ({ holes }: MissingByCatalogue): string =>
  `a chain of supersedence has a hole (${holes.slice(0, 3).join('; ')})`;
