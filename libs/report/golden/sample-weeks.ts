import { createHash } from 'node:crypto';
import {
  type HostSummary,
  type Level,
  levels,
  type VcenterStatus,
  type WeeklyReport,
  type WeeklySnapshot,
} from '@lunwarden/contract';
import { differenceOf } from '../src/index.js';

/** Invented fleet: two weeks of seven proxies and two vCenters. Text in it is hostile on purpose. */
const idOf = (name: string): string => {
  const hex = createHash('sha256').update(name).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

export const sampleHost = (hostname: string, own: Partial<HostSummary> = {}): HostSummary => ({
  hostId: idOf(hostname),
  hostname,
  platform: 'windows',
  os: 'Windows Server 2022 Datacenter 10.0.20348.2762',
  level: 'minimal',
  score: 2,
  low: 2,
  completeness: 1,
  mode: 'virtual-appliance',
  modeEvidence: 'observed',
  patch: 'low',
  automount: 'disabled',
  sanPolicy: 'OfflineShared',
  vmfsLuns: 0,
  writableLuns: 0,
  datastoreIds: [],
  vms: 0,
  blastIsComplete: true,
  topReason: null,
  observedAt: '2026-11-22T22:40:00.000Z',
  lastReportAt: '2026-11-22T22:40:00.000Z',
  validUntil: '2026-11-23T01:40:00.000Z',
  validity: { reportMs: 10_800_000, mapUntil: null, calendarUntil: null },
  state: 'reporting',
  ...own,
});

const exposed: Partial<HostSummary> = { mode: 'direct-san', vmfsLuns: 8, vms: 188, blastIsComplete: true };
const writable = 'Windows may write on VMFS LUNs: they are online and writable.';

export const sampleVcenter = (name: string, own: Partial<VcenterStatus> = {}): VcenterStatus => ({
  id: idOf(name),
  name,
  url: `https://${name}/sdk`,
  state: 'ok',
  mapCollectedAt: '2026-11-22T22:35:00.000Z',
  lastAttemptAt: '2026-11-22T22:35:00.000Z',
  lastError: null,
  gaps: 0,
  datastores: 21,
  hosts: 12,
  vms: 640,
  ...own,
});

export const sampleSnapshot = (hosts: HostSummary[], own: Partial<WeeklySnapshot> = {}): WeeklySnapshot => ({
  week: '2026-W47',
  timeZone: 'Europe/Berlin',
  startsAt: '2026-11-15T23:00:00.000Z',
  endsAt: '2026-11-22T23:00:00.000Z',
  takenAt: '2026-11-22T23:00:05.000Z',
  policyVersion: '1.3.0',
  levels: countLevels(hosts),
  vmsAtRisk: { count: 0, isComplete: true },
  hosts,
  vcenters: [sampleVcenter('vcenter-emea.example')],
  ...own,
});

export const countLevels = (hosts: HostSummary[]): Record<Level, number> => {
  const counts = Object.fromEntries(levels.map((level) => [level, 0])) as Record<Level, number>;
  for (const { level } of hosts) counts[level]++;
  return counts;
};

const lastWeek = sampleSnapshot(
  [
    sampleHost('pxy-01', { ...exposed, level: 'critical', score: 91, low: 91, writableLuns: 8, topReason: writable }),
    sampleHost('pxy-02', { ...exposed, level: 'high', score: 71, low: 60, topReason: 'Automount is on.' }),
    sampleHost('pxy-03', { ...exposed, level: 'critical', score: 88, low: 88, writableLuns: 3, topReason: writable }),
    sampleHost('pxy-04', { level: 'low', score: 14, low: 10 }),
    sampleHost('pxy-old', { level: 'minimal' }),
  ],
  {
    week: '2026-W46',
    startsAt: '2026-11-08T23:00:00.000Z',
    endsAt: '2026-11-15T23:00:00.000Z',
    takenAt: '2026-11-15T23:00:04.000Z',
    vmsAtRisk: { count: 430, isComplete: true },
  },
);

const thisWeek = sampleSnapshot(
  [
    sampleHost('pxy-01', { ...exposed, level: 'critical', score: 92, low: 92, writableLuns: 8, topReason: writable }),
    sampleHost('pxy-02', { ...exposed, level: 'medium', score: 38, low: 30, vmfsLuns: 8, writableLuns: 0 }),
    // Its danger did not end: it only stopped to speak.
    sampleHost('pxy-03', {
      ...exposed,
      level: 'unknown',
      score: 88,
      low: 40,
      completeness: 0.4,
      writableLuns: null,
      vmfsLuns: null,
      blastIsComplete: false,
      topReason: 'No report for 3 days; what it said last was critical.',
      observedAt: '2026-11-19T20:00:00.000Z',
      lastReportAt: '2026-11-19T20:00:00.000Z',
      validUntil: '2026-11-19T23:00:00.000Z',
      state: 'stale',
    }),
    sampleHost('pxy-04', {
      ...exposed,
      level: 'high',
      score: 66,
      low: 66,
      vms: 64,
      topReason: '=cmd|\' /C calc\'!A1 <img src=x onerror=alert(1)> & "quoted"',
    }),
    sampleHost('pxy-05', {
      platform: 'linux',
      os: 'Rocky Linux 9.4',
      automount: 'not-applicable',
      sanPolicy: 'not-applicable',
    }),
    sampleHost('pxy-06', {
      level: 'unknown',
      score: 100,
      low: 0,
      completeness: 0,
      mode: 'unknown',
      modeEvidence: 'unknown',
      patch: 'unknown',
      automount: 'unknown',
      sanPolicy: 'unknown',
      vmfsLuns: null,
      writableLuns: null,
      blastIsComplete: false,
      topReason: 'Never reported.',
      observedAt: null,
      lastReportAt: null,
      state: 'never-reported',
    }),
    // Its level was right when it was given, and had expired when the week was closed.
    sampleHost('pxy-07', { validUntil: '2026-11-22T22:59:00.000Z', state: 'silent' }),
  ],
  {
    vmsAtRisk: { count: 312, isComplete: false },
    vcenters: [
      sampleVcenter('vcenter-emea.example'),
      sampleVcenter('vcenter-\u200Felbmaxe', {
        state: 'failed',
        mapCollectedAt: '2026-11-20T04:00:00.000Z',
        lastError: 'The server said: </td><script>alert(1)</script>',
        vms: 118,
      }),
    ],
  },
);

export const sampleReport: WeeklyReport = { snapshot: thisWeek, difference: differenceOf(thisWeek, lastWeek) };
export const firstReport: WeeklyReport = { snapshot: lastWeek, difference: differenceOf(lastWeek, null) };
export const quietReport: WeeklyReport = (() => {
  const hosts = ['pxy-01', 'pxy-02'].map((name) => sampleHost(name));
  const quiet = sampleSnapshot(hosts);
  return { snapshot: quiet, difference: differenceOf(quiet, { ...quiet, week: '2026-W46' }) };
})();
const nobody = sampleSnapshot([], { vcenters: [] });
export const emptyReport: WeeklyReport = { snapshot: nobody, difference: differenceOf(nobody, null) };
