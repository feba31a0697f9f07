/** One vulnerability and the first build without it, within one branch: builds of two branches say nothing about each other. */
export type FixedBuild = {
  cve: string;
  /** Veeam: the major version, `12`; ESXi: the update line, `8.0 U3`. */
  branch: string;
  /** `12.3.1.1139`; ESXi: the build number alone. */
  build: string;
  /** Name of the private fix that the build needs on top, `P20230227`; null = the build alone. */
  patch: string | null;
  /** A build that a private hotfix can mend without changing its number; null = none. */
  hotfixOn: string | null;
  /** CVSS base score, 0..10; null = not known. */
  cvss: number | null;
  exploited: 'none' | 'listed' | 'ransomware';
  /** Works only against a server that is joined to a domain. */
  needsDomain: boolean;
};

/** Fixed builds as of a day (ISO instant). `clean` names branches that a CVE never touched or that began fixed. */
export type FixedBuildTable = {
  asOf: string;
  source: string;
  fixes: readonly FixedBuild[];
  clean: readonly { cve: string; branch: string }[];
  /** Branches in which a CVE is never mended. */
  hopeless: readonly { cve: string; branch: string }[];
};

export type BuildState = 'fixed' | 'affected' | 'boundary-unknown';

/** A product as it was read; `patches` null = nobody read which private fixes are on it. */
export type InstalledBuild = { branch: string; build: string; patches: readonly string[] | null };

/**
 * Whether a build has the fix for one CVE. A branch that the table does not mention is `boundary-unknown`, above and
 * below the others alike: VMSA-2025-0013 touched ESXi 9.0, which is younger than the lines it names first.
 */
export function buildState(table: FixedBuildTable, cve: string, installed: InstalledBuild): BuildState {
  const isHere = (row: { cve: string; branch: string }): boolean => row.cve === cve && row.branch === installed.branch;
  if (table.clean.some(isHere)) return 'fixed';
  if (table.hopeless.some(isHere)) return 'affected';
  const fix = table.fixes.find(isHere);
  if (fix === undefined) return 'boundary-unknown';
  const order = compareBuilds(installed.build, fix.build);
  if (Number.isNaN(order)) return 'boundary-unknown';
  if (order > 0) return 'fixed';
  if (order === 0) return onBoundary(fix.patch, installed.patches);
  return compareBuilds(installed.build, fix.hotfixOn ?? '') === 0 ? 'boundary-unknown' : 'affected';
}

/** P20230227 also holds what P20220302 held. */
function onBoundary(needed: string | null, patches: readonly string[] | null): BuildState {
  if (needed === null) return 'fixed';
  if (patches === null) return 'boundary-unknown';
  return patches.some((patch) => /^P\d{8}$/.test(patch) && patch >= needed) ? 'fixed' : 'affected';
}

/** Numbers part by part, a missing part counts as 0; NaN if one of them is no build. */
export function compareBuilds(a: string, b: string): number {
  const [left, right] = [partsOf(a), partsOf(b)];
  if (left === null || right === null) return Number.NaN;
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0);
    if (difference !== 0) return Math.sign(difference);
  }
  return 0;
}

const partsOf = (build: string): number[] | null =>
  /^\d{1,10}(\.\d{1,10}){0,4}$/.test(build) ? build.split('.').map(Number) : null;
