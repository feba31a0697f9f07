import {
  type Finding,
  type FindingGroup,
  type FindingUpdate,
  type FindingWork,
  type Severity,
  severities,
} from '@lunwarden/contract';
import { type StandingFinding, Store, type StoredFindingWork, type Tx } from '@lunwarden/store';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import { Refusal } from '../http/refusal.js';
import { byKey } from './by-key.js';
import { evidenceHash } from './evidence-hash.js';
import { hasExpired } from './follow-finding.js';
import { countsOf } from './follow-findings.js';

const longestAcceptanceMs = 90 * 86_400_000;
const shownHosts = 500;

/** What people do about findings. Nothing in here is read by a score, a level or the gate (R13). */
@Injectable()
export class FindingsService {
  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
  ) {}

  /** @throws Refusal not_found */
  ofHost(hostId: string): Promise<FindingWork[]> {
    return this.store.atOneMoment(async (tx) => {
      const findings = await this.findingsOf(tx, hostId);
      const rows = await tx.findingWork.of([hostId]);
      return rows.map((row) => shown(row, findings.get(row.rule), this.clock.iso()));
    });
  }

  /** Of the whole fleet, the rule with the gravest findings first. */
  async groups(): Promise<FindingGroup[]> {
    const now = this.clock.iso();
    const byRule = byKey(await this.store.read.findingWork.standing(), ({ rule }) => rule);
    return [...byRule.values()]
      .map((rows) => groupOf(rows, now))
      .toSorted((a, b) => rank(a.severity) - rank(b.severity) || b.total - a.total || (a.rule < b.rule ? -1 : 1));
  }

  /**
   * Sets how far the work is; of two writers the second is refused.
   * @throws Refusal not_found | conflict | invalid_input
   */
  update(hostId: string, rule: string, update: FindingUpdate, by: string): Promise<FindingWork> {
    return this.store.inTransaction(async (tx) => {
      // The lock that a report takes too, so that no verdict comes in between.
      await tx.reports.lock([hostId]);
      const finding = (await this.findingsOf(tx, hostId)).get(rule);
      const rows = await tx.findingWork.of([hostId]);
      const before = rows.find((row) => row.rule === rule);
      if (finding === undefined || before === undefined)
        throw new Refusal('not_found', 'Nothing was ever found on this host by this rule.');
      const now = this.clock.now();
      const after = changed(before, finding, { update, by, now });
      await tx.findingWork.save([after]);
      // When an accepted risk ends, its host is worse: its verdict must end then too.
      await tx.owed.ask([hostId]);
      const counts = countsOf(rows.map((row) => (row.rule === rule ? after : row)));
      await tx.changes.append([{ kind: 'findings', at: now.toISOString(), hostId, counts }]);
      return shown(after, finding, now.toISOString());
    });
  }

  private async findingsOf(tx: Tx, hostId: string): Promise<Map<string, Finding>> {
    const judged = await tx.assessments.one(hostId);
    if (judged === null) throw new Refusal('not_found', 'There is no such host, or it was retired.');
    return new Map(judged.assessment.findings.map((finding) => [finding.rule, finding]));
  }
}

type Change = { update: FindingUpdate; by: string; now: Date };

function changed(before: StoredFindingWork, finding: Finding, { update, by, now }: Change): StoredFindingWork {
  if (before.version !== update.version)
    throw new Refusal('conflict', 'Somebody else, or a report, has changed this finding: read it again.');
  if (before.state === 'verified')
    throw new Refusal('conflict', 'A report has verified that it is fixed: there is nothing left to do.');
  const after: StoredFindingWork = {
    ...before,
    state: update.state,
    changedAt: now.toISOString(),
    changedBy: by,
    note: update.note?.trim() ?? null,
    acceptedUntil: null,
    acceptedHash: null,
    voided: null,
    version: before.version + 1,
  };
  if (update.state !== 'accepted') return after;
  const lastsMs = Date.parse(update.until) - now.getTime();
  if (lastsMs <= 0 || lastsMs > longestAcceptanceMs)
    throw new Refusal('invalid_input', 'A risk is accepted for at most 90 days from now: correct until.');
  if (finding.verdict !== 'at-risk')
    throw new Refusal('conflict', 'Only what is known can be accepted, and this is not known to be at risk now.');
  return { ...after, acceptedUntil: update.until, acceptedHash: evidenceHash(finding) };
}

/** An acceptance that has run out counts for nothing, also before anybody has judged the host again. */
function shown(row: StoredFindingWork, finding: Finding | undefined, now: string): FindingWork {
  const { seenAt: _, acceptedHash: __, ...work } = row;
  const over = hasExpired(row, now) ? ({ state: 'open', voided: 'expired', acceptedUntil: null } as const) : {};
  return { ...work, verdict: finding?.verdict ?? 'not-applicable', evidence: finding?.evidence ?? [], ...over };
}

const rank = (severity: Severity): number => severities.indexOf(severity);

function groupOf(rows: readonly StandingFinding[], now: string): FindingGroup {
  const standing = rows
    .map((row) => (hasExpired(row, now) ? { ...row, state: 'open' as const } : row))
    .toSorted((a, b) => rank(a.severity) - rank(b.severity) || (a.hostname < b.hostname ? -1 : 1));
  const [first] = standing;
  if (first === undefined) throw new RangeError('A group has at least one finding.');
  const { verified: _, ...states } = countsOf(standing);
  const hosts = standing
    .slice(0, shownHosts)
    .map(({ hostId, hostname, severity, state }) => ({ hostId, hostname, severity, state }));
  const { rule, code, title, severity } = first;
  return { rule, code, title, severity, states, hosts, total: standing.length };
}
