import { type FeedProgress, type FeedStatus, type ImportableFeed, importableFeeds } from '@lunwarden/contract';
import { ageProblem, bundledEndOfSupport, ttlDays } from '@lunwarden/feeds';
import type { StoredFeed } from '@lunwarden/store';
import { bundledTables, importedTable } from './fixed-tables.js';

type Held = Pick<FeedStatus, 'origin' | 'asOf' | 'importedAt' | 'entries'>;
/** What is being imported, if anything is. */
export type Importing = { kind: ImportableFeed; progress: FeedProgress } | null;

const bundled = (asOf: string, entries: number): Held => ({ origin: 'bundled', asOf, importedAt: null, entries });

/** Every feed that there could be, how old it is at `now`, and what to do about it. */
export const statusesOf = (stored: readonly StoredFeed[], now: string, importing: Importing): FeedStatus[] =>
  importableFeeds.map((kind) => {
    const held = heldOf(kind, stored);
    const progress = importing?.kind === kind ? importing.progress : null;
    if (held.asOf === null)
      return { kind, ...held, state: 'missing', staleAt: null, nextStep: sources[kind], importing: progress };
    const staleAt = new Date(Date.parse(held.asOf) + ttlDays[kind] * 86_400_000).toISOString();
    const state = ageProblem(held.asOf, ttlDays[kind], now) === null ? 'fresh' : 'stale';
    const nextStep =
      state === 'fresh' ? null : `${ageOf(held.origin, held.asOf)}: import a newer one. ${sources[kind]}`;
    return { kind, ...held, state, staleAt, nextStep, importing: progress };
  });

function heldOf(kind: ImportableFeed, stored: readonly StoredFeed[]): Held {
  const files = filesOf(kind, stored);
  // Of several files the oldest tells how old the feed is.
  const [oldest] = files.toSorted((a, b) => (a.asOf < b.asOf ? -1 : 1));
  if (oldest !== undefined) {
    const entries = files.reduce((sum, file) => sum + file.entries, 0);
    return { origin: 'imported', asOf: oldest.asOf, importedAt: oldest.importedAt, entries };
  }
  if (kind === 'end-of-support') return bundled(bundledEndOfSupport.asOf, bundledEndOfSupport.entries.length);
  if (kind !== 'veeam-builds' && kind !== 'esxi-builds')
    return { origin: 'none', asOf: null, importedAt: null, entries: 0 };
  const { asOf, fixes, clean, hopeless } = bundledTables[kind];
  return bundled(asOf, fixes.length + clean.length + hopeless.length);
}

function filesOf(kind: ImportableFeed, stored: readonly StoredFeed[]): StoredFeed[] {
  if (kind !== 'veeam-builds' && kind !== 'esxi-builds') return stored.filter((one) => one.kind === kind);
  const table = importedTable(kind, stored);
  return table === undefined ? [] : [table];
}

const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });

const ageOf = (origin: FeedStatus['origin'], asOf: string): string =>
  `${origin === 'bundled' ? 'The table that came with the program is of' : 'It is of'} ${day.format(new Date(asOf))}`;

/** Where to get a feed. Lunwarden asks nothing of the internet itself. */
const sources: Readonly<Record<ImportableFeed, string>> = {
  kev: 'Download known_exploited_vulnerabilities.json from cisa.gov and import it.',
  epss: 'Download epss_scores-current.csv.gz from epss.empiricalsecurity.com (FIRST) and import it.',
  'kb-catalogue': 'Download definitions.zip of the wesng project, take the CVEs CSV out of it and import that.',
  'end-of-support': 'Download the product pages of endoflife.date and import them.',
  'veeam-builds':
    'Write the table with `lunwarden feeds table veeam-builds`, bring it up to date by veeam.com/kb, import it.',
  'esxi-builds':
    'Write the table with `lunwarden feeds table esxi-builds`, bring it up to date by the advisories of Broadcom, import it.',
};
