import type { Severity } from '@lunwarden/contract';
import { esxiInReach } from './esxi-in-reach.js';
import type { FixedBuild, FixedBuilds } from './facts/feed-view.js';
import type { EsxiHost } from './facts/inventory-view.js';
import { judgeSubject, listed, notApplicable, notKnown, type Place, say, verdictOf } from './judging.js';
import { feed, judgeServer } from './outside.js';
import type { Judgement, RuleContext } from './rule.js';

/** `unproven` = nobody can tell: whether a private fix is there, or what the vulnerability is to a branch that the table does not name. */
export type FixState = { cve: string; state: 'fixed' | 'affected' | 'unproven'; fix: FixedBuild | null };
type Server = { build: string; patches: readonly string[] | null; isDomainJoined: boolean | null };
type Table = Pick<FixedBuilds, 'fixes' | 'clean' | 'hopeless'>;

/** Part by part, as numbers: `12.3.2.3617` is older than `12.10`. */
export function compareBuilds(a: string, b: string): number {
  const [left, right] = [a.split('.').map(Number), b.split('.').map(Number)];
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Every vulnerability of the table as it stands for this build of the backup product. */
export function fixStates({ build, patches, isDomainJoined }: Server, { fixes, clean, hopeless }: Table): FixState[] {
  const major = Number.parseInt(build, 10);
  const isHere = ({ branch }: { branch: string }): boolean => Number.parseInt(branch, 10) === major;
  return vulnerabilitiesOf({ fixes, clean, hopeless }).flatMap((cve): FixState[] => {
    const mended = fixes.filter((fix) => fix.cve === cve);
    const own = mended.find(isHere) ?? null;
    const [oldest = null] = mended.toSorted((a, b) => compareBuilds(a.build, b.build));
    if ((own ?? oldest)?.needsDomain === true && isDomainJoined === false) return [];
    const said = saidOf(cve, isHere, { clean, hopeless });
    if (said !== null) return [{ cve, fix: oldest, state: said }];
    if (own !== null) return [{ cve, fix: own, state: stateOf(build, patches, own) }];
    // A branch older than every fixed one got no fix at all; of a younger one nobody has said that it began fixed.
    const isOlder = oldest !== null && compareBuilds(build, oldest.build) < 0;
    return [{ cve, fix: oldest, state: isOlder ? 'affected' : 'unproven' }];
  });
}

/** Of a branch that a vulnerability never touched, or in which it is never mended, no build need tell. */
function saidOf(
  cve: string,
  isHere: (row: { branch: string }) => boolean,
  { clean, hopeless }: Pick<Table, 'clean' | 'hopeless'>,
): 'fixed' | 'affected' | null {
  const isNamed = (row: { cve: string; branch: string }): boolean => row.cve === cve && isHere(row);
  if (clean.some(isNamed)) return 'fixed';
  return hopeless.some(isNamed) ? 'affected' : null;
}

const vulnerabilitiesOf = ({ fixes, clean, hopeless }: Table): string[] => [
  ...new Set([...fixes, ...clean, ...hopeless].map(({ cve }) => cve)),
];

function stateOf(build: string, patches: readonly string[] | null, fix: FixedBuild): FixState['state'] {
  const difference = compareBuilds(build, fix.build);
  if (Number.isNaN(difference)) return 'unproven';
  if (difference < 0)
    return fix.hotfixOn !== null && compareBuilds(build, fix.hotfixOn) === 0 ? 'unproven' : 'affected';
  if (difference > 0 || fix.patch === null) return 'fixed';
  return patches === null ? 'unproven' : hasPatch(fix.patch, patches) ? 'fixed' : 'affected';
}

/** P20230227 also holds what P20220302 held. */
const hasPatch = (needed: string, patches: readonly string[]): boolean =>
  patches.some((patch) => /^P\d{8}$/.test(patch) && patch >= needed);

type Question = {
  isBad: (state: FixState) => boolean;
  /** What leaves the answer open where nothing is bad. */
  isOpen: (state: FixState) => boolean;
};

/** The build of the backup server, judged by the states of its vulnerabilities. */
export function judgeFixes(context: RuleContext, { isBad, isOpen }: Question): Judgement {
  const table = { name: 'Fixed builds of the backup product are', table: context.facts.feeds?.productBuilds };
  const name = 'The build of the backup server is';
  return judgeServer(context, { name, fact: (server) => ({ value: server }) }, (server, place) =>
    judgeTable(context, table, (builds) => {
      const states = fixStates(serverOf(server), builds);
      const bad = states.filter(isBad);
      const open = states.filter(isOpen);
      const shown = bad.length > 0 ? bad : open;
      const cves = shown.length === 0 ? '' : `: ${listed(shown.map(({ cve }) => cve))}`;
      const doubt = bad.length === 0 && open.length > 0 ? ' (not known whether it has the fix)' : '';
      const judged = verdictOf(bad.length > 0, `Build ${server.build}${cves}${doubt}`, place);
      return { ...judged, ...(doubt === '' ? {} : { verdict: 'unknown' as const }), severity: gravest(bad) };
    }),
  );
}

/** An old table still says what it knows to be bad; that nothing is, only a fresh one may say, and this says what to do. */
function judgeTable(
  context: RuleContext,
  of: Parameters<typeof feed<FixedBuilds>>[1],
  judge: (table: FixedBuilds, place: Place) => Judgement,
): Judgement {
  const subject = feed(context, of);
  const judged = judgeSubject(subject, judge);
  if (subject.told.kind !== 'doubtful' || judged.verdict !== 'unknown') return judged;
  const day = subject.told.value.asOf.slice(0, 10);
  const text = `The table of fixed builds is of ${day}, too old to say that nothing is open: import a newer one (Setup, Feeds)`;
  return { ...judged, evidence: [say(text, subject), ...judged.evidence.slice(1)] };
}

type KnownServer = Parameters<Parameters<typeof judgeServer>[1]['fact']>[0];
const serverOf = ({ build, patches, isDomainJoined }: KnownServer): Server => ({
  build,
  patches: 'value' in patches ? patches.value : null,
  isDomainJoined: 'value' in isDomainJoined ? isDomainJoined.value : null,
});

/** Exploited = critical; else by CVSS, whose bands start at 9, 7 and 4. */
function gravest(states: readonly FixState[]): Severity {
  if (states.some(({ fix }) => fix !== null && fix.exploited !== 'none')) return 'critical';
  const cvss = Math.max(0, ...states.map(({ fix }) => fix?.cvss ?? 7));
  if (cvss >= 9) return 'critical';
  return cvss >= 7 || states.length === 0 ? 'high' : 'medium';
}

/** True if a takeover that a domain user can do is known to be open on this backup server. */
export function hasUnfixedDomainTakeover({ facts: { product, feeds } }: RuleContext): boolean {
  if (product === undefined || feeds === undefined) return false;
  if (!('value' in product.server) || !('value' in feeds.productBuilds) || product.server.value === null) return false;
  const states = fixStates(serverOf(product.server.value), feeds.productBuilds.value);
  return states.some(({ state, fix }) => state === 'affected' && fix?.needsDomain === true);
}

/** ESXi builds compare within one update line only: 8.0 U2 and 8.0 U3 each have fixed builds of their own. */
export function judgeEsxiFixes(context: RuleContext): Judgement {
  const table = { name: 'Fixed builds of ESXi are', table: context.facts.feeds?.esxiBuilds };
  return judgeSubject(esxiInReach(context), (list, place) =>
    list.length === 0 ? notApplicable : judgeTable(context, table, (builds) => judgeHosts(list, builds, place)),
  );
}

function judgeHosts(list: readonly EsxiHost[], builds: FixedBuilds, place: Place): Judgement {
  const found = list.map((host) => ({ host, states: esxiStates(host, builds) }));
  const bad = found.flatMap(({ host, states }) => {
    const open = states.filter(({ state }) => state === 'affected');
    return open.length === 0 ? [] : [{ host, open }];
  });
  if (bad.length > 0) {
    const text = listed(bad.map(({ host, open }) => `${host.name} build ${host.build}: ${open[0]?.cve ?? ''}`));
    const isRansom = bad.some(({ open }) => open.some(({ fix }) => fix?.exploited === 'ransomware'));
    return { ...verdictOf(true, text, place), severity: isRansom ? 'critical' : 'high' };
  }
  const open = found.filter(({ states }) => states.some(({ state }) => state === 'unproven'));
  if (open.length === 0) return verdictOf(false, 'Every ESXi host has the known fixes', place);
  const names = listed(open.map(({ host }) => `${host.name} (${host.line ?? host.version})`));
  return notKnown(`The table does not say of every vulnerability whether it is in the update line of ${names}`, place);
}

/** A fix in another update line proves nothing about this one. */
export function esxiStates({ line, build }: Pick<EsxiHost, 'line' | 'build'>, table: Table): FixState[] {
  const isHere = (row: { branch: string }): boolean => row.branch === line;
  return vulnerabilitiesOf(table).map((cve): FixState => {
    const mended = table.fixes.filter((row) => row.cve === cve);
    const own = mended.find(isHere);
    const fix = own ?? mended[0] ?? null;
    const said = saidOf(cve, isHere, table);
    if (said !== null) return { cve, fix, state: said };
    if (own === undefined || build === null) return { cve, fix, state: 'unproven' };
    return { cve, fix, state: build < Number(own.build) ? 'affected' : 'fixed' };
  });
}
