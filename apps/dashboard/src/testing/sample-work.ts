import { FindingWork } from '@lunwarden/contract';
import { idOf } from './sample-host.js';

/** Work on a finding as the API tells it. Refuses what the contract refuses. */
export const sampleWork = (differs: Partial<FindingWork> = {}): FindingWork =>
  FindingWork.parse({
    hostId: idOf(1),
    rule: 'automount-enabled',
    code: 'WIN-004',
    title: 'Windows mounts any volume that comes online, on SAN disks too',
    severity: 'medium',
    verdict: 'at-risk',
    evidence: [],
    state: 'open',
    openedAt: '2026-11-22T06:00:00Z',
    changedAt: '2026-11-22T06:00:00Z',
    changedBy: null,
    note: null,
    acceptedUntil: null,
    voided: null,
    verifiedAt: null,
    reopened: 0,
    version: 1,
    ...differs,
  });
