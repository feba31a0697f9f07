import type { Severity } from '@lunwarden/contract';
import type { FixedBuild } from './facts/feed-view.js';
import type { EsxiHost } from './facts/inventory-view.js';
import { judgeSubject, listed, notApplicable, verdictOf } from './judging.js';
import { feed, inventory, judgeServer } from './outside.js';
import type { Judgement, RuleContext } from './rule.js';

/** `unproven` = the build is right, and whether the private fix on top of it is there nobody knows. */
export type FixState = { cve: string; state: 'fixed' | 'affected' | 'unproven'; fix: FixedBuild };
type Server = { build: string; patches: readonly string[] | null; isDomainJoined: boolean | null };

/** Part by part, as numbers: `12.3.2.3617` is older than `12.10`. */
export function compareBuilds(a: string, b: string): number {
  const [left, right] = [a.split('.').map(Number), b.split('.').map(Number)];
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Every vulnerability of the table as it stands for this build. A branch older than every fixed one has no fix at all. */
export function fixStates({ build, patches, isDomainJoined }: Server, fixes: readonly FixedBuild[]): FixState[] {
  const major = Number.parseInt(build, 10);
  const byCve = new Map<string, FixedBuild[]>();
  for (const fix of fixes) byCve.set(fix.cve, [...(byCve.get(fix.cve) ?? []), fix]);
  return [...byCve].flatMap(([cve, branches]): FixState[] => {
    const own = branches.find(({ branch }) => Number.parseInt(branch, 10) === major);
    const [oldest] = branches.toSorted((a, b) => compareBuilds(a.build, b.build));
    const fix = own ?? oldest;
    if (fix === undefined || (fix.needsDomain && isDomainJoined === false)) return [];
    if (own === undefined) return [{ cve, fix, state: compareBuilds(build, fix.build) < 0 ? 'affected' : 'fixed' }];
    return [{ cve, fix, state: stateOf(build, patches, own) }];
  });
}

function stateOf(
  build: string,
  patches: readonly string[] | null,
  { build: fixed, patch }: FixedBuild,
): FixState['state'] {
  const difference = compareBuilds(build, fixed);
  if (difference !== 0) return difference < 0 ? 'affected' : 'fixed';
  if (patch === null) return 'fixed';
  if (patches === null) return 'unproven';
  return patches.includes(patch) ? 'fixed' : 'affected';
}

/** The states of the backup server's build, judged by those that `pick` keeps. */
export function judgeFixes(context: RuleContext, pick: (states: FixState[]) => FixState[]): Judgement {
  const builds = feed(context, {
    name: 'Fixed builds of the backup product are',
    table: context.facts.feeds?.productBuilds,
  });
  const name = 'The build of the backup server is';
  return judgeServer(context, { name, fact: (server) => ({ value: server }) }, (server, place) =>
    judgeSubject(builds, ({ fixes }) => {
      const bad = pick(fixStates(serverOf(server), fixes));
      const text =
        bad.length === 0 ? `Build ${server.build}` : `Build ${server.build}: ${listed(bad.map(({ cve }) => cve))}`;
      return { ...verdictOf(bad.length > 0, text, place), severity: gravest(bad) };
    }),
  );
}

type KnownServer = Parameters<Parameters<typeof judgeServer>[1]['fact']>[0];
const serverOf = ({ build, patches, isDomainJoined }: KnownServer): Server => ({
  build,
  patches: 'value' in patches ? patches.value : null,
  isDomainJoined: 'value' in isDomainJoined ? isDomainJoined.value : null,
});

/** Exploited = critical; else by CVSS, whose bands start at 9, 7 and 4. */
function gravest(states: readonly FixState[]): Severity {
  if (states.some(({ fix }) => fix.exploited !== 'none')) return 'critical';
  const cvss = Math.max(0, ...states.map(({ fix }) => fix.cvss ?? 7));
  if (cvss >= 9) return 'critical';
  return cvss >= 7 || states.length === 0 ? 'high' : 'medium';
}

/** True if a takeover that a domain user can do is known to be open on this backup server. */
export function hasUnfixedDomainTakeover({ facts: { product, feeds } }: RuleContext): boolean {
  if (product === undefined || feeds === undefined) return false;
  if (!('value' in product.server) || !('value' in feeds.productBuilds) || product.server.value === null) return false;
  const states = fixStates(serverOf(product.server.value), feeds.productBuilds.value.fixes);
  return states.some(({ state, fix }) => state === 'affected' && fix.needsDomain);
}

/** ESXi builds compare within one update line only: 8.0 U2 and 8.0 U3 each have fixed builds of their own. */
export function judgeEsxiFixes(context: RuleContext): Judgement {
  const hosts = inventory(context, { name: 'ESXi hosts in reach are', fact: (view) => view.esxiHosts });
  const builds = feed(context, { name: 'Fixed builds of ESXi are', table: context.facts.feeds?.esxiBuilds });
  return judgeSubject(hosts, (list, place) =>
    list.length === 0
      ? notApplicable
      : judgeSubject(builds, ({ fixes }) => {
          const found = list.map((host) => ({ host, open: openFixes(host, fixes) }));
          const bad = found.filter(({ open }) => open !== null && open.length > 0);
          if (bad.length > 0) {
            const text = listed(
              bad.map(({ host, open }) => `${host.name} build ${host.build}: ${open?.[0]?.cve ?? ''}`),
            );
            const isRansom = bad.some(({ open }) => open?.some(({ exploited }) => exploited === 'ransomware'));
            return { ...verdictOf(true, text, place), severity: isRansom ? 'critical' : 'high' };
          }
          const judged = verdictOf(false, 'Every ESXi host has the known fixes', place);
          return found.some(({ open }) => open === null) ? { ...judged, verdict: 'unknown' } : judged;
        }),
  );
}

/** null = the table has no word on this update line, and a fix elsewhere proves nothing. */
function openFixes({ line, build }: EsxiHost, fixes: readonly FixedBuild[]): FixedBuild[] | null {
  const own = fixes.filter(({ branch }) => branch === line);
  return own.length === 0 || build === null ? null : own.filter((fix) => build < Number(fix.build));
}
