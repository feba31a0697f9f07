import type { HostSummary, Level, WeeklyDifference, WeeklySnapshot } from '@lunwarden/contract';
import { compareText, levelAt, rankOf } from './host-standing.js';

type HostMove = WeeklyDifference['worse'][number];
type Pair = { now: HostSummary; then: HostSummary };

/** Score points within one level that a reader would call a change; below it, moves are noise of ages and rounding. */
const noticeablePoints = 5;

/**
 * One week against the week before it. Hosts are matched by id, so a renamed host is not a new one.
 * @param before the snapshot to compare with, usually of the week before; null = there is none.
 */
export function differenceOf(snapshot: WeeklySnapshot, before: WeeklySnapshot | null): WeeklyDifference {
  const hosts = hostsOf(snapshot);
  const hostsBefore = before === null ? [] : hostsOf(before);
  const then = new Map(hostsBefore.map((host) => [host.hostId, host]));
  const now = new Map(hosts.map((host) => [host.hostId, host]));
  const pairs = hosts.flatMap((host) => pairOf(host, then.get(host.hostId)));
  return {
    before: before?.week ?? null,
    levels: levelsMoved((level) => (before === null ? 0 : snapshot.levels[level] - before.levels[level])),
    vmsAtRisk: vmsMoved(snapshot, before),
    worse: listOf(pairs.filter(isWorse).map(({ now, then }) => moveOf(now, now, then))),
    better: listOf(pairs.filter(isBetter).map(({ now, then }) => moveOf(now, now, then))),
    appeared: before === null ? [] : listOf(hosts.filter(missingIn(then)).map((host) => moveOf(host, host, null))),
    gone: listOf(hostsBefore.filter(missingIn(now)).map((host) => moveOf(host, null, host))),
    policyChanged: before !== null && before.policyVersion !== snapshot.policyVersion,
  };
}

/** The difference of two lower bounds bounds nothing: null unless both weeks counted every VM. */
function vmsMoved(snapshot: WeeklySnapshot, before: WeeklySnapshot | null): number | null {
  if (before === null || !snapshot.vmsAtRisk.isComplete || !before.vmsAtRisk.isComplete) return null;
  return snapshot.vmsAtRisk.count - before.vmsAtRisk.count;
}

/** Each host with the level that may still be read when the snapshot was taken: an expired one is no ground to compare. */
const hostsOf = ({ hosts, takenAt }: WeeklySnapshot): HostSummary[] =>
  hosts.map((host) => ({ ...host, level: levelAt(host, takenAt) }));

const pairOf = (now: HostSummary, then: HostSummary | undefined): Pair[] => (then === undefined ? [] : [{ now, then }]);
const missingIn = (others: Map<string, unknown>) => (host: HostSummary) => !others.has(host.hostId);

/** A host that turned unknown got worse, also from critical: its danger did not end, our sight of it did. */
function isWorse({ now, then }: Pair): boolean {
  if (now.level === then.level) return now.score - then.score >= noticeablePoints;
  return now.level === 'unknown' || rankOf(now.level) < rankOf(then.level);
}

function isBetter({ now, then }: Pair): boolean {
  if (now.level === 'unknown') return false;
  if (now.level === then.level) return then.score - now.score >= noticeablePoints;
  return rankOf(now.level) > rankOf(then.level);
}

function moveOf(named: HostSummary, now: HostSummary | null, then: HostSummary | null): HostMove {
  return {
    hostId: named.hostId,
    hostname: named.hostname,
    before: then && { level: then.level, score: then.score },
    after: now && { level: now.level, score: now.score },
    reason: named.topReason,
  };
}

const levelsMoved = (by: (level: Level) => number): Record<Level, number> => ({
  critical: by('critical'),
  unknown: by('unknown'),
  high: by('high'),
  medium: by('medium'),
  low: by('low'),
  minimal: by('minimal'),
});

/** Worst end first. */
function listOf(moves: HostMove[]): HostMove[] {
  const rank = ({ after, before }: HostMove) => rankOf(after?.level ?? before?.level ?? 'unknown');
  return moves.sort((a, b) => rank(a) - rank(b) || compareText(a.hostname, b.hostname));
}
