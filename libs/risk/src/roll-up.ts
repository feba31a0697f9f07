import { type Assessment, type HostSummary, type Level, levels } from '@lunwarden/contract';
import { sourceBehind } from './assess.js';
import type { Facts } from './facts.js';
import { defaultPolicy, type Policy } from './policy.js';
import { scoreOf } from './score.js';
import { signalsOf } from './signals.js';

/** Hosts of a site or of the fleet. Never a mean: it hides the one host that matters. */
export type RollUp = {
  hosts: number;
  levels: Record<Level, number>;
  /** Highest score, and the one that nine of ten hosts do not exceed; null = no host. */
  max: number | null;
  p90: number | null;
  /** Distinct VMs behind at least one critical, high or unknown host; a lower bound if not complete. */
  vmsAtRisk: { count: number; isComplete: boolean };
};

const isAtRisk = ({ level }: HostSummary): boolean => level === 'critical' || level === 'high' || level === 'unknown';

/** @param vmsOn distinct VMs of a datastore, by its id; undefined = no map in force knows it any more. */
export function rollUp(
  hosts: readonly HostSummary[],
  vmsOn: (datastoreId: string) => readonly string[] | undefined,
): RollUp {
  const scores = hosts.map(({ score }) => score).toSorted((a, b) => a - b);
  const counts = Object.fromEntries(levels.map((level) => [level, 0]));
  for (const { level } of hosts) counts[level] = (counts[level] ?? 0) + 1;
  return {
    hosts: hosts.length,
    levels: { critical: 0, unknown: 0, high: 0, medium: 0, low: 0, minimal: 0, ...counts },
    max: scores.at(-1) ?? null,
    p90: scores[Math.ceil(scores.length * 0.9) - 1] ?? null,
    vmsAtRisk: vmsAtRisk(hosts.filter(isAtRisk), vmsOn),
  };
}

function vmsAtRisk(
  hosts: readonly HostSummary[],
  vmsOn: (id: string) => readonly string[] | undefined,
): RollUp['vmsAtRisk'] {
  const vms = new Set<string>();
  let isComplete = hosts.every(({ blastIsComplete }) => blastIsComplete);
  for (const id of new Set(hosts.flatMap(({ datastoreIds }) => datastoreIds))) {
    const found = vmsOn(id);
    if (found === undefined) isComplete = false;
    for (const vm of found ?? []) vms.add(vm);
  }
  return { count: vms.size, isComplete };
}

/** `score` 0..100: the chance, as judged, that at least one of the hosts that see the datastore destroys it. `low` counts only what is known. */
export type DatastoreRisk = { id: string; name: string; score: number; low: number; hosts: number };

/** Every datastore in sight of at least one of these hosts, the worst first. A host of which nobody knows what it sees adds nothing here: see its level. */
export function datastoreRisks(
  judged: readonly { facts: Facts; assessment: Assessment }[],
  policy: Policy = defaultPolicy,
): DatastoreRisk[] {
  const found = new Map<string, { name: string; safe: number; safeAtBest: number; hosts: number }>();
  for (const { facts, assessment } of judged) {
    const { worst, best } = scoreOf(signalsOf(sourceBehind(assessment, facts, policy)), policy);
    for (const { id, name } of assessment.exposure.datastores) {
      const own = found.get(id) ?? { name, safe: 1, safeAtBest: 1, hosts: 0 };
      own.safe *= 1 - worst.corruptionRisk;
      own.safeAtBest *= 1 - best.corruptionRisk;
      own.hosts++;
      found.set(id, own);
    }
  }
  const percent = (safe: number): number => Math.round((1 - safe) * 1000) / 10;
  return [...found]
    .map(([id, { name, safe, safeAtBest, hosts }]) => ({
      id,
      name,
      score: percent(safe),
      low: percent(safeAtBest),
      hosts,
    }))
    .toSorted((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
}
