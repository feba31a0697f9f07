import type { ImportableFeed } from '@lunwarden/contract';

/** What a file is, told by how it begins and never by its name; null = none that we know. */
export function kindOf(text: string): ImportableFeed | null {
  const start = text.slice(0, 4_096).replace(/^\ufeff/, '');
  if (/^#model_version:/.test(start)) return 'epss';
  if (/^\s*\{/.test(start)) return kindOfJson(start);
  if (/^[^\n]*"?BulletinKB"?\s*,/m.test(start)) return 'kb-catalogue';
  return /(^|[\s{,"])(releaseCycle|cycle)"?\s*:/m.test(start) ? 'end-of-support' : null;
}

function kindOfJson(start: string): ImportableFeed | null {
  const table = /"table"\s*:\s*"(veeam-builds|esxi-builds)"/.exec(start)?.[1];
  if (table === 'veeam-builds' || table === 'esxi-builds') return table;
  return /"(catalogVersion|cveID)"\s*:/.test(start) ? 'kev' : null;
}
