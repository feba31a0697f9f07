import type { Finding, Verdict } from '@lunwarden/contract';
import type { StoredFindingWork } from '@lunwarden/store';
import { describe, expect, it } from 'vitest';
import { evidenceHash } from './evidence-hash.js';
import { followFinding } from './follow-finding.js';

const at = (minute: number): string => new Date(Date.UTC(2026, 10, 20, 6, minute)).toISOString();
const found = (verdict: Verdict, text = 'automount is enabled'): Finding => ({
  code: 'WIN-004',
  rule: 'automount-enabled',
  verdict,
  severity: 'medium',
  title: 'Windows mounts any volume',
  evidence: [{ text, source: 'registry', observedAt: at(0) }],
});
const heard = (minute: number) => ({ hostId: 'h', heardAt: at(minute), now: at(minute) });
const opened = followFinding(undefined, found('at-risk'), heard(0))!;
const accepted: StoredFindingWork = {
  ...opened,
  state: 'accepted',
  acceptedUntil: at(30),
  acceptedHash: evidenceHash(found('at-risk')),
  note: 'moved next month',
  changedBy: 'ada',
  version: 2,
};

describe('the work on a finding', () => {
  it('begins open, and only with what is known to be at risk', () => {
    expect(opened).toMatchObject({ state: 'open', seenAt: at(0), version: 1, reopened: 0 });
    for (const verdict of ['safe', 'unknown', 'not-applicable'] as const)
      expect(followFinding(undefined, found(verdict), heard(0))).toBeNull();
  });

  it.each(['open', 'acknowledged', 'in-progress', 'accepted'] as const)(
    'is verified from %s by a newer report',
    (state) => {
      const work = { ...accepted, state };
      expect(followFinding(work, found('safe'), heard(5))).toMatchObject({
        state: 'verified',
        verifiedAt: at(5),
        changedBy: null,
        acceptedUntil: null,
        acceptedHash: null,
      });
    },
  );

  it('is not verified without a newer report, nor by one that could not look', () => {
    expect(followFinding(opened, found('safe'), { ...heard(5), heardAt: at(0) })).toBeNull();
    expect(followFinding(opened, found('safe'), { ...heard(5), heardAt: null })).toBeNull();
    expect(followFinding(opened, found('unknown'), heard(5))).toBeNull();
  });

  it('is opened again when it comes back, and then needs another report', () => {
    const verified = followFinding(opened, found('safe'), heard(5))!;
    const again = followFinding(verified, found('at-risk'), heard(9))!;
    expect(again).toMatchObject({ state: 'open', reopened: 1, verifiedAt: null, seenAt: at(9), openedAt: at(0) });
    expect(followFinding(again, found('safe'), { ...heard(12), heardAt: at(9) })).toBeNull();
  });

  it('writes nothing while nothing moves', () => {
    const verified = followFinding(opened, found('safe'), heard(5))!;
    expect(followFinding(opened, found('at-risk', 'seen at another time'), heard(5))).toBeNull();
    expect(followFinding(verified, found('safe'), heard(9))).toBeNull();
    expect(
      followFinding(
        accepted,
        { ...found('at-risk'), evidence: [{ ...found('at-risk').evidence[0]!, observedAt: at(9) }] },
        heard(9),
      ),
    ).toBeNull();
  });

  it('takes a new severity over without undoing what a person decided', () => {
    const worse = followFinding(
      { ...opened, state: 'in-progress', version: 3 },
      { ...found('at-risk'), severity: 'critical' },
      heard(5),
    );
    expect(worse).toMatchObject({ state: 'in-progress', severity: 'critical', version: 3 });
  });
});

describe('an acceptance', () => {
  it.each([
    ['other evidence', found('at-risk', 'automount is enabled, and a LUN is online')],
    ['another severity', { ...found('at-risk'), severity: 'critical' as const }],
    ['facts that nobody can read any more', found('unknown')],
  ])('is void on %s', (_name, finding) => {
    expect(followFinding(accepted, finding, heard(5))).toMatchObject({
      state: 'open',
      voided: 'facts-changed',
      acceptedUntil: null,
      acceptedHash: null,
      version: 3,
    });
  });

  it('ends at its date', () => {
    expect(followFinding(accepted, found('at-risk'), heard(29))).toBeNull();
    expect(followFinding(accepted, found('at-risk'), heard(30))).toMatchObject({ state: 'open', voided: 'expired' });
  });
});
