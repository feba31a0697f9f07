import type { Finding } from '@lunwarden/contract';
import type { StoredFindingWork } from '@lunwarden/store';
import { evidenceHash } from './evidence-hash.js';

export type Heard = {
  hostId: string;
  /** When the newest report of the host came, unchanged ones included; null = never. */
  heardAt: string | null;
  now: string;
};

/**
 * What the newest verdict makes of the work on a finding; null = nothing. Only a finding that is known to be gone, by a
 * report that came after the one it was opened by, is verified: what nobody can read any more stays as it is.
 */
export function followFinding(
  work: StoredFindingWork | undefined,
  finding: Finding,
  heard: Heard,
): StoredFindingWork | null {
  if (finding.verdict === 'at-risk') return atRisk(work, finding, heard);
  if (work === undefined || work.state === 'verified') return null;
  const isGone = finding.verdict === 'safe' || finding.verdict === 'not-applicable';
  const isNewer = heard.heardAt !== null && Date.parse(heard.heardAt) > Date.parse(work.seenAt);
  if (isGone && isNewer) return moved({ ...work, state: 'verified', verifiedAt: heard.now, voided: null }, heard);
  return voided(work, finding, heard);
}

function atRisk(work: StoredFindingWork | undefined, finding: Finding, heard: Heard): StoredFindingWork | null {
  if (work === undefined) return opened(finding, heard);
  if (work.state === 'verified') {
    const seenAt = heard.heardAt ?? heard.now;
    const again = { ...work, ...shownOf(finding), state: 'open' as const, seenAt, note: null, verifiedAt: null };
    return moved({ ...again, reopened: work.reopened + 1 }, heard);
  }
  const ended = voided(work, finding, heard);
  if (ended !== null) return { ...ended, ...shownOf(finding) };
  const isShownSame = work.title === finding.title && work.severity === finding.severity && work.code === finding.code;
  // Nobody's decision has moved: the version stays.
  return isShownSame ? null : { ...work, ...shownOf(finding) };
}

/** An acceptance holds for the facts that were accepted and until its date, and then for nothing (A52). */
function voided(work: StoredFindingWork, finding: Finding, heard: Heard): StoredFindingWork | null {
  if (work.state !== 'accepted') return null;
  if (hasExpired(work, heard.now)) return moved({ ...work, state: 'open', voided: 'expired' }, heard);
  if (evidenceHash(finding) === work.acceptedHash) return null;
  return moved({ ...work, state: 'open', voided: 'facts-changed' }, heard);
}

export const hasExpired = ({ acceptedUntil }: Pick<StoredFindingWork, 'acceptedUntil'>, now: string): boolean =>
  acceptedUntil !== null && Date.parse(acceptedUntil) <= Date.parse(now);

/** By a report and not by a person; whoever leaves the state `accepted` leaves its terms. */
const moved = (work: StoredFindingWork, { now }: Heard): StoredFindingWork => ({
  ...work,
  changedAt: now,
  changedBy: null,
  acceptedUntil: null,
  acceptedHash: null,
  version: work.version + 1,
});

const shownOf = ({ code, title, severity }: Finding): Pick<Finding, 'code' | 'title' | 'severity'> => ({
  code,
  title,
  severity,
});

const opened = (finding: Finding, { hostId, heardAt, now }: Heard): StoredFindingWork => ({
  hostId,
  rule: finding.rule,
  ...shownOf(finding),
  state: 'open',
  openedAt: now,
  seenAt: heardAt ?? now,
  changedAt: now,
  changedBy: null,
  note: null,
  acceptedUntil: null,
  acceptedHash: null,
  voided: null,
  verifiedAt: null,
  reopened: 0,
  version: 1,
});
