import type { Assessment, HostSummary, Level } from '@lunwarden/contract';
import { defaultPolicy, type Policy } from './policy.js';

/**
 * The row as it may be read at `now` (ISO): after `validUntil` nothing good in it counts any more. For the server's sweep
 * and for a browser whose connection is dead. Returns the same object while nothing changes.
 */
export function expireSummary(summary: HostSummary, now: string, policy: Policy = defaultPolicy): HostSummary {
  const isExpired = Date.parse(now) >= Date.parse(summary.validUntil);
  const state = stateAt(summary, Date.parse(now), isExpired, policy);
  if (isExpired && !isEmptied(summary)) return { ...emptied(summary), state };
  return state === summary.state ? summary : { ...summary, state };
}

/** The whole verdict as it may be read at `now` (ISO); same law, same object while it holds. */
export function expireAssessment(assessment: Assessment, now: string): Assessment {
  if (Date.parse(now) < Date.parse(assessment.validUntil)) return assessment;
  const level = expiredLevel(assessment.level);
  return {
    ...assessment,
    level,
    score: expiredScore(level, assessment.score),
    completeness: 0,
    modes: assessment.modes.map((mode) => ({
      ...mode,
      ...expiredScored(mode),
      unmasked: expiredScored(mode.unmasked),
    })),
    exposure: { ...assessment.exposure, isComplete: false },
    patch: assessment.patch.level === 'high' ? assessment.patch : { ...assessment.patch, level: 'unknown' },
    drivers: assessment.drivers.map((driver) => (driver.state === 'good' ? { ...driver, state: 'unknown' } : driver)),
    findings: assessment.findings.map((finding) =>
      finding.verdict === 'safe' ? { ...finding, verdict: 'unknown' } : finding,
    ),
  };
}

/** What was good in the row is not known any more; what was bad stands. */
function emptied(summary: HostSummary): HostSummary {
  const level = expiredLevel(summary.level);
  return {
    ...summary,
    level,
    score: expiredScore(level, summary.score),
    completeness: 0,
    patch: summary.patch === 'high' ? 'high' : 'unknown',
    automount: summary.automount === 'disabled' ? 'unknown' : summary.automount,
    sanPolicy:
      summary.sanPolicy === 'OfflineShared' || summary.sanPolicy === 'OfflineAll' ? 'unknown' : summary.sanPolicy,
    vmfsLuns: summary.vmfsLuns === 0 ? null : summary.vmfsLuns,
    writableLuns: summary.writableLuns === 0 ? null : summary.writableLuns,
    blastIsComplete: false,
    topReason: level === summary.level ? summary.topReason : 'Not known: the facts behind the last verdict are too old',
  };
}

const isEmptied = ({ level, completeness, blastIsComplete }: HostSummary): boolean =>
  level === expiredLevel(level) && completeness === 0 && !blastIsComplete;

const expiredScored = <T extends { score: number; level: Level }>(scored: T): T => {
  const level = expiredLevel(scored.level);
  return { ...scored, level, score: expiredScore(level, scored.score) };
};

/** `score` takes what is unknown as bad, and now everything that was good is unknown. */
const expiredScore = (level: Level, score: number): number => (level === 'unknown' ? 100 : score);

/** What is bad does not expire. */
const expiredLevel = (level: Level): Level => (level === 'critical' || level === 'high' ? level : 'unknown');

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
