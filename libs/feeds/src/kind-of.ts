/** Feeds that come as files. */
export const importedKinds = ['kev', 'epss', 'kb-catalogue', 'end-of-support'] as const;
export type ImportedKind = (typeof importedKinds)[number];

/** What a file is, told by how it begins and never by its name; null = none that we know. */
export function kindOf(text: string): ImportedKind | null {
  const start = text.slice(0, 4_096).replace(/^\ufeff/, '');
  if (/^#model_version:/.test(start)) return 'epss';
  if (/^\s*\{/.test(start)) return /"(catalogVersion|cveID)"\s*:/.test(start) ? 'kev' : null;
  if (/^[^\n]*"?BulletinKB"?\s*,/m.test(start)) return 'kb-catalogue';
  return /(^|[\s{,"])(releaseCycle|cycle)"?\s*:/m.test(start) ? 'end-of-support' : null;
}
