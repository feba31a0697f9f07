import type { Level, LinuxFacts, WindowsDisk, WindowsFacts } from '@lunwarden/contract';
import {
  daysBefore,
  hostOf,
  linuxBootDisk,
  linuxFacts,
  linuxVmfsDisk,
  type StoryHost,
  storyNow,
  vmfsDisk,
  windowsBootDisk,
  windowsFacts,
} from '@lunwarden/sample-fleet';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assess } from './assess.js';
import { expireSummary } from './expire.js';
import { summarize } from './summarize.js';
import { titled } from './titled.js';

const numRuns = Number(process.env.FC_NUM_RUNS ?? 1000);
const isGreen = (level: Level): boolean => level === 'low' || level === 'minimal';

const transports = fc.constantFrom(
  { configured: 'direct-san', directKind: 'san', source: 'product' } as const,
  { configured: 'network', source: 'product' } as const,
  { configured: 'virtual-appliance', source: 'operator' } as const,
);
const common = {
  luns: fc.integer({ min: 1, max: 12 }),
  transport: transports,
  isVirtual: fc.boolean(),
  days: fc.integer({ min: 0, max: 60 }),
};

/** Hosts that are well kept in many ways, each with at least one VMFS LUN in sight. */
const windowsHosts = fc
  .record({
    ...common,
    sanPolicy: fc.constantFrom('OfflineShared', 'OfflineAll'),
    stale: fc.integer({ min: 0, max: 3 }),
  })
  .map(({ luns, transport, isVirtual, days, sanPolicy, stale }) =>
    windowsFacts({
      machine: { value: { isVirtual, vendor: 'x', model: 'y', biosUuid: null } },
      transport: { value: transport },
      sanPolicy: { value: sanPolicy as 'OfflineShared' },
      staleMountPoints: { value: stale },
      lastUpdateSuccessAt: { value: daysBefore(days) },
      disks: { value: [windowsBootDisk(), ...Array.from({ length: luns }, (_, at) => vmfsDisk(at + 1))] },
    }),
  );
const linuxHosts = fc.record(common).map(({ luns, transport, days }) =>
  linuxFacts({
    transport: { value: transport },
    lastUpdateSuccessAt: { value: daysBefore(days) },
    disks: { value: [linuxBootDisk(), ...Array.from({ length: luns }, (_, at) => linuxVmfsDisk(at + 1))] },
  }),
);

type Degrade = (host: StoryHost) => StoryHost;
const unknown = { unknown: 'timeout' } as const;
const report = (host: StoryHost, change: Partial<NonNullable<StoryHost['report']>>): StoryHost => ({
  ...host,
  report: host.report && { ...host.report, ...change },
});
const facts =
  (change: object): Degrade =>
  (host) => {
    const changed = { ...host.report!.facts, ...change } as WindowsFacts | LinuxFacts;
    return report(host, { facts: changed, remembered: changed });
  };
const lun =
  (change: Partial<WindowsDisk>): Degrade =>
  (host) =>
    facts({ disks: { value: [windowsBootDisk(), vmfsDisk(1, undefined, change)] } })(host);
const kev = {
  id: 'KB4012212',
  title: 'March 2017 security only update',
  severity: 'critical',
  categories: ['Security Updates'],
  cves: ['CVE-2017-0144'],
  needsReboot: true,
};

/** Each makes a green host one that nobody may call green: something decisive is unknown, or known to be bad. */
const everywhere: Record<string, Degrade> = {
  'no report': (host) => ({ ...host, report: null }),
  'old report': (host) => report(host, { observedAt: '2026-11-20T03:09:59Z' }),
  'report of unproven age': (host) => report(host, { observedAt: null }),
  'report from the future': (host) => report(host, { observedAt: '2026-11-20T07:00:00Z' }),
  'two hosts under one key': (host) => ({ ...host, identityConflict: true }),
  'old map': (host) => ({
    ...host,
    map: { ...host.map, vcenters: [{ ...host.map.vcenters[0]!, collectedAt: '2026-11-20T04:09:59Z' }] },
  }),
  'map with a gap': (host) => ({
    ...host,
    map: {
      ...host.map,
      vcenters: [{ ...host.map.vcenters[0]!, gaps: [{ object: 'vm-1', path: 'name', reason: 'x' }] }],
    },
  }),
  'LUN that left the map': (host) => ({ ...host, map: { ...host.map, datastores: [] } }),
  'vCenter that is no longer configured': (host) => ({ ...host, map: { ...host.map, vcenters: [] } }),
  'unread disks': facts({ disks: unknown }),
  'unread updates': facts({ pendingUpdates: unknown }),
  'unread last update': facts({ lastUpdateSuccessAt: unknown }),
  'unread system': facts({ os: unknown }),
  'exploited vulnerability': facts({ pendingUpdates: { value: [kev] } }),
};
const windowsOnly: Record<string, Degrade> = {
  'unread SAN policy': facts({ sanPolicy: unknown }),
  'unread automount': facts({ automount: unknown }),
  OnlineAll: facts({ sanPolicy: { value: 'OnlineAll' } }),
  OfflineInternal: facts({ sanPolicy: { value: 'OfflineInternal' } }),
  'automount enabled': facts({ automount: { value: 'enabled' } }),
  'LUN online': lun({ isOffline: { value: false } }),
  'LUN online and writable': lun({ isOffline: { value: false }, isReadOnly: { value: false } }),
  'LUN in an unread state': lun({ isReadOnly: unknown }),
  'LUN with an unread table': lun({ partitions: unknown }),
  'LUN that looks empty': lun({ partitionStyle: 'RAW', partitions: { value: [] } }),
  'stranger on the SAN': lun({
    uniqueId: '600601604F1234005DEADBEEF0000001',
    partitionStyle: 'RAW',
    partitions: { value: [] },
  }),
  'LUN with a cut identifier': lun({ uniqueId: '6000D310', serialNumber: null }),
  'failed service pack': facts({
    updateHistory: {
      value: [{ id: 'KB976932', title: 'SP1', at: daysBefore(1), result: 'failed', hresult: '0x800f0a12' }],
    },
  }),
  'unknown build': facts({
    os: { value: { caption: 'Windows Server', version: '10.0.30000', ubr: 1, edition: 'x', productType: 'server' } },
  }),
};
const linuxOnly: Record<string, Degrade> = {
  'unread LVM guard': facts({ lvmGuard: unknown }),
  'LUN with an unread flag': facts({ disks: { value: [linuxVmfsDisk(1, undefined, { readOnly: unknown })] } }),
};

describe('green', () => {
  it.each([
    ['Windows', windowsHosts, { ...everywhere, ...windowsOnly }],
    ['Linux', linuxHosts, { ...everywhere, ...linuxOnly }],
  ] as const)(
    'is given to well-kept %s hosts, and to none that is degraded in any way',
    { timeout: 120_000 },
    (_name, hosts, ways) => {
      const seen = { kept: 0, green: 0, falseGreen: [] as string[] };
      const worsen = fc.subarray(Object.keys(ways), { minLength: 1, maxLength: 3 });
      fc.assert(
        fc.property(hosts, worsen, (kept, names) => {
          const host = hostOf(kept);
          seen.kept++;
          if (isGreen(titled(assess(host, storyNow)).level)) seen.green++;
          const table: Record<string, Degrade> = ways;
          // A host without any report has nothing left that could be degraded.
          const order = names.toSorted((a, b) => Number(a === 'no report') - Number(b === 'no report'));
          const degraded = order.reduce((worse, name) => table[name]!(worse), host);
          if (isGreen(titled(assess(degraded, storyNow)).level)) seen.falseGreen.push(order.join(' + '));
        }),
        { numRuns },
      );
      expect([...new Set(seen.falseGreen)]).toEqual([]);
      // Guards against a judge that calls nobody green.
      expect(seen.green).toBeGreaterThan(seen.kept * 0.2);
    },
  );

  it('ends when the verdict expires, and never before', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(fc.oneof(windowsHosts, linuxHosts), (kept) => {
        const host = hostOf(kept);
        const row = summarize(host, titled(assess(host, storyNow)));
        const last = new Date(Date.parse(row.validUntil) - 1).toISOString();
        expect(expireSummary(row, last).level).toBe(row.level);
        expect(expireSummary(row, row.validUntil).level).toBe('unknown');
        // The timer of a browser and a fresh judgement agree at that instant.
        expect(isGreen(titled(assess(host, row.validUntil)).level)).toBe(false);
      }),
      { numRuns: 200 },
    );
  });
});
