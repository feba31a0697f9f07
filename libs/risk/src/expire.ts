import type { HostSummary } from '@lunwarden/contract';
import { defaultPolicy, type Policy } from './policy.js';

/**
 * The row as it may be read at `now` (ISO): after `validUntil` nothing good in it counts any more. For the server's sweep
 * and for a browser whose connection is dead. Returns the same object while nothing changes.
 */
export function expireSummary(summary: HostSummary, now: string, policy: Policy = defaultPolicy): HostSummary {
  const isExpired = Date.parse(now) >= Date.parse(summary.validUntil);
  const level = isExpired ? expiredLevel(summary.level) : summary.level;
  const state = stateAt(summary, Date.parse(now), isExpired, policy);
  if (level === summary.level && state === summary.state) return summary;
  const topReason =
    level === summary.level ? summary.topReason : 'Not known: the facts behind the last verdict are too old';
  return { ...summary, level, state, topReason };
}

/** What is bad does not expire. */
const expiredLevel = (level: HostSummary['level']): HostSummary['level'] =>
  level === 'critical' || level === 'high' ? level : 'unknown';

function stateAt(summary: HostSummary, now: number, isExpired: boolean, policy: Policy): HostSummary['state'] {
  if (summary.state !== 'reporting' && summary.state !== 'silent') return summary.state;
  if (isExpired && expiredByReport(summary, now)) return 'stale';
  if (summary.lastReportAt === null) return summary.state;
  return now - Date.parse(summary.lastReportAt) > policy.freshness.aliveMs ? 'silent' : summary.state;
}

/** A map that grew old does not make the host's own report stale. */
function expiredByReport({ observedAt, validity: { reportMs } }: HostSummary, now: number): boolean {
  return observedAt !== null && reportMs !== null && now >= Date.parse(observedAt) + reportMs;
}
