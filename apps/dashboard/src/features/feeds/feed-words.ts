import type { FeedImport, FeedProgress, FeedStatus, ImportableFeed, Level } from '@lunwarden/contract';

export const feedLabels: Record<ImportableFeed, string> = {
  kev: 'CISA Known Exploited Vulnerabilities (KEV)',
  epss: 'FIRST EPSS scores',
  'kb-catalogue': 'Catalogue of Windows updates with supersedence',
  'end-of-support': 'End of support',
  'veeam-builds': 'Veeam fixed builds',
  'esxi-builds': 'ESXi fixed builds per update line',
};

/** A missing or stale feed proves nothing good: what it would tell is unknown. */
export const feedStates: Record<FeedStatus['state'], { word: string; level: Level }> = {
  fresh: { word: 'Fresh', level: 'minimal' },
  stale: { word: 'Stale: what it does not list is unknown', level: 'unknown' },
  missing: { word: 'Missing: what it would tell is unknown', level: 'unknown' },
};

export const originWords: Record<FeedStatus['origin'], string> = {
  none: '',
  bundled: 'came with the program',
  imported: 'imported from a file',
};

const mebibytes = (bytes: number): string => (bytes / 1_048_576).toFixed(1);

/** How far an import has come. */
export function progressText({ phase, bytes, totalBytes, entries }: FeedProgress): string {
  if (phase === 'writing') return `Importing: ${entries} entries written`;
  return `Importing: ${mebibytes(bytes)} MiB${totalBytes === null ? '' : ` of ${mebibytes(totalBytes)} MiB`} read`;
}

const many = (count: number, one: string) => `${count} ${one}${count === 1 ? '' : 's'}`;

/** What an import did, in one sentence. */
export function importText({ kind, result, entries, ignored, changedEntries, affectedHosts }: FeedImport): string {
  const name = feedLabels[kind];
  if (result === 'older') return `${name}: the file is older than what is stored, which was kept.`;
  if (result === 'unchanged') return `${name}: the file says what is stored already.`;
  const left = ignored === 0 ? '' : ` ${many(ignored, 'line')} about products that nobody looks up left out.`;
  return `${name}: ${entries} entries, ${changedEntries} of them changed; ${many(affectedHosts, 'host')} judged again.${left}`;
}
