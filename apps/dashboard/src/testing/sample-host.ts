import { HostSummary, type VcenterStatus } from '@lunwarden/contract';

export const idOf = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

/** A host as the API tells it: well kept unless a test says otherwise. Refuses what the contract refuses. */
export function sampleHost(n: number, differs: Partial<HostSummary> = {}): HostSummary {
  return HostSummary.parse({
    hostId: idOf(n),
    hostname: `ams-pxy-${String(n).padStart(2, '0')}`,
    platform: 'windows',
    os: 'Windows Server 2019 Standard',
    level: 'minimal',
    score: 7,
    low: 7,
    completeness: 1,
    mode: 'direct-san',
    modeEvidence: 'observed',
    patch: 'none',
    automount: 'disabled',
    sanPolicy: 'OfflineAll',
    vmfsLuns: 4,
    writableLuns: 0,
    datastoreIds: ['vc/ds-1'],
    vms: 12,
    blastIsComplete: true,
    topReason: null,
    observedAt: '2026-11-22T07:00:00Z',
    lastReportAt: '2026-11-22T07:00:00Z',
    validUntil: '2026-11-22T10:00:00Z',
    validity: { reportMs: 10_800_000, mapUntil: null, calendarUntil: null },
    state: 'reporting',
    ...differs,
  });
}

export const sampleVcenter = (n: number, differs: Partial<VcenterStatus> = {}): VcenterStatus => ({
  id: idOf(n),
  name: `vc-${n}.corp.example`,
  url: `https://vc-${n}.corp.example`,
  state: 'ok',
  mapCollectedAt: '2026-11-22T06:50:00Z',
  lastAttemptAt: '2026-11-22T06:50:00Z',
  lastError: null,
  gaps: 0,
  datastores: 3,
  hosts: 4,
  vms: 40,
  ...differs,
});
