import { HostGate } from '@lunwarden/contract';
import { idOf } from './sample-host.js';

/** A gate as the API tells it: a plain go unless a test says otherwise. Refuses what the contract refuses. */
export const sampleGate = (n: number, differs: Partial<HostGate> = {}): HostGate =>
  HostGate.parse({
    hostId: idOf(n),
    hostname: `ams-pxy-${String(n).padStart(2, '0')}`,
    windowId: idOf(900),
    asks: 'plan',
    evaluatedAt: '2026-11-22T07:00:00Z',
    policyVersion: '2026-11-2',
    level: 'minimal',
    score: 7,
    vms: 12,
    vmsAreComplete: true,
    verdict: 'go',
    reasons: [],
    missing: [],
    steps: [],
    validUntil: '2026-11-22T09:00:00Z',
    preflight: null,
    postflight: null,
    overrides: [],
    ...differs,
  });
