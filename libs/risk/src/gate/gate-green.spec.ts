import type { HostFacts, LinuxFacts, WindowsDisk, WindowsFacts } from '@lunwarden/contract';
import {
  daysBefore,
  hostOf,
  linuxBootDisk,
  linuxFacts,
  linuxVmfsDisk,
  type StoryHost,
  storyAt,
  storyNow,
  vmfsDisk,
  windowsBootDisk,
  windowsFacts,
} from '@lunwarden/sample-fleet';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assess } from '../assess.js';
import { titled } from '../titled.js';
import { type GateInput, gate } from './gate.js';

/** Degradations of both platforms together; `FC_GATE_RUNS=1000000` for the long run. */
const numRuns = Number(process.env.FC_GATE_RUNS ?? 100_000) / 2;

const asked: Pick<GateInput, 'window' | 'now' | 'preflight'> = {
  window: { startsAt: '2026-11-20T05:00:00Z', endsAt: '2026-11-20T09:00:00Z', includesHost: true },
  now: storyNow,
  preflight: { requestedAt: '2026-11-20T05:58:00Z', observedAt: storyAt },
};

const common = {
  luns: fc.integer({ min: 0, max: 4 }),
  mode: fc.constantFrom('direct-san', 'direct-san', 'network', 'virtual-appliance'),
  days: fc.integer({ min: 0, max: 60 }),
  isVirtual: fc.boolean(),
};
const windowsHosts: fc.Arbitrary<HostFacts> = fc
  .record({
    ...common,
    sanPolicy: fc.constantFrom('OfflineShared', 'OfflineAll'),
    stale: fc.integer({ min: 0, max: 2 }),
  })
  .map(({ luns, mode, days, isVirtual, sanPolicy, stale }) =>
    windowsFacts({
      machine: { value: { isVirtual, vendor: 'x', model: 'y', biosUuid: null } },
      transport: { value: { configured: mode as 'network', source: 'product' } },
      sanPolicy: { value: sanPolicy as 'OfflineShared' },
      staleMountPoints: { value: stale },
      lastUpdateSuccessAt: { value: daysBefore(days) },
      disks: { value: [windowsBootDisk(), ...Array.from({ length: luns }, (_, at) => vmfsDisk(at + 1))] },
    }),
  );
const linuxHosts: fc.Arbitrary<HostFacts> = fc.record(common).map(({ luns, mode, days, isVirtual }) =>
  linuxFacts({
    machine: { value: { isVirtual, vendor: 'x', model: 'y', biosUuid: null } },
    transport: { value: { configured: mode as 'network', source: 'product' } },
    lastUpdateSuccessAt: { value: daysBefore(days) },
    disks: { value: [linuxBootDisk(), ...Array.from({ length: luns }, (_, at) => linuxVmfsDisk(at + 1))] },
  }),
);

type Case = { host: StoryHost } & typeof asked;
type Degrade = (one: Case) => Case;
const report =
  (change: Partial<NonNullable<StoryHost['report']>>): Degrade =>
  (one) => ({ ...one, host: { ...one.host, report: one.host.report && { ...one.host.report, ...change } } });
const facts =
  (change: object): Degrade =>
  (one) => {
    const changed = { ...one.host.report?.facts, ...change } as WindowsFacts | LinuxFacts;
    return report({ facts: changed, remembered: changed })(one);
  };
const around =
  (change: Partial<typeof asked>): Degrade =>
  (one) => ({ ...one, ...change });
const host =
  (change: (host: StoryHost) => Partial<StoryHost>): Degrade =>
  (one) => ({ ...one, host: { ...one.host, ...change(one.host) } });
const lun = (change: Partial<WindowsDisk>): Degrade =>
  facts({ disks: { value: [windowsBootDisk(), vmfsDisk(1, undefined, change)] } });
const unknown = { unknown: 'timeout' } as const;

/** Each alone must shut the gate: for a host with LUNs, those of `withLuns` too. */
const everywhere: Record<string, Degrade> = {
  'no report': host(() => ({ report: null })),
  'old report': report({ observedAt: '2026-11-20T03:09:59Z' }),
  'report of unproven age': report({ observedAt: null }),
  'report from the future': report({ observedAt: '2026-11-20T07:00:00Z' }),
  'two hosts under one key': host(() => ({ identityConflict: true })),
  'no pre-flight': around({ preflight: null }),
  'unanswered pre-flight': around({ preflight: { requestedAt: '2026-11-20T05:58:00Z', observedAt: null } }),
  'pre-flight after the facts': around({
    preflight: { requestedAt: '2026-11-20T06:01:00Z', observedAt: '2026-11-20T06:02:00Z' },
  }),
  'pre-flight of yesterday': around({
    preflight: { requestedAt: '2026-11-19T05:58:00Z', observedAt: '2026-11-19T06:00:00Z' },
  }),
  'window of another host': around({ window: { ...asked.window, includesHost: false } as GateInput['window'] }),
  'window that is over': around({ window: { ...asked.window, endsAt: storyNow } as GateInput['window'] }),
  'unread disks': facts({ disks: unknown }),
  'unread updates': facts({ pendingUpdates: unknown }),
  'unread last update': facts({ lastUpdateSuccessAt: unknown }),
  'unread system': facts({ os: unknown }),
  'unread reboot': facts({ pendingReboot: unknown }),
  'unread transport': facts({ transport: unknown }),
  'unread roles': facts({ roles: unknown }),
};
const windowsOnly: Record<string, Degrade> = {
  'unread SAN policy': facts({ sanPolicy: unknown }),
  'unread automount': facts({ automount: unknown }),
  'unread update history': facts({ updateHistory: unknown }),
  'unread update policy': facts({ updatePolicy: unknown }),
  'LUN online': lun({ isOffline: { value: false } }),
  'LUN online and writable': lun({ isOffline: { value: false }, isReadOnly: { value: false } }),
  'LUN in an unread state': lun({ isReadOnly: unknown }),
  'LUN that looks empty': lun({ partitionStyle: 'RAW', partitions: { value: [] } }),
  'LUN with a cut identifier': lun({ uniqueId: '6000D310', serialNumber: null }),
  'unknown build': facts({
    os: { value: { caption: 'Windows Server', version: '10.0.30000', ubr: 1, edition: 'x', productType: 'server' } },
  }),
};
const linuxOnly: Record<string, Degrade> = {
  'unread LVM guard': facts({ lvmGuard: unknown }),
  'unread multipath': facts({ multipath: unknown }),
  'unread volume groups': facts({ foreignVolumeGroups: unknown }),
  'LUN with an unread flag': facts({ disks: { value: [linuxVmfsDisk(1, undefined, { readOnly: unknown })] } }),
};
const withLuns: Record<string, Degrade> = {
  'old map': host(({ map }) => ({
    map: { ...map, vcenters: map.vcenters.map((one) => ({ ...one, collectedAt: '2026-11-20T04:09:59Z' })) },
  })),
  'LUN that left the map': host(({ map }) => ({ map: { ...map, datastores: [] } })),
  'vCenter that is no longer configured': host(() => ({ map: { vcenters: [], datastores: [] } })),
};
const windowsWithLuns: Record<string, Degrade> = {
  OnlineAll: facts({ sanPolicy: { value: 'OnlineAll' } }),
  OfflineInternal: facts({ sanPolicy: { value: 'OfflineInternal' } }),
  'automount enabled': facts({ automount: { value: 'enabled' } }),
  'reboot pending': facts({ pendingReboot: { value: ['CBS RebootPending'] } }),
};

const verdictOf = ({ host: one, ...rest }: Case) =>
  gate({ facts: one, assessment: titled(assess(one, rest.now)), ...rest }).verdict;
const seesLuns = ({ report: held }: StoryHost): boolean =>
  held !== null && 'value' in held.facts.disks && held.facts.disks.value.length > 1;

describe('a go', () => {
  it.each([
    ['Windows', windowsHosts, { ...everywhere, ...windowsOnly }, { ...withLuns, ...windowsWithLuns }],
    ['Linux', linuxHosts, { ...everywhere, ...linuxOnly }, withLuns],
  ] as const)(
    'is given to well-kept %s hosts, and to none that is degraded in any way',
    { timeout: 3_600_000 },
    (_name, hosts, always, besideLuns) => {
      const seen = { kept: 0, go: 0, falseGo: new Set<string>() };
      const ways: Record<string, Degrade> = { ...always, ...besideLuns };
      // Judged once each; what costs time is the degraded ones.
      const pool = fc.sample(hosts, 1_000).map((kept) => {
        const one: Case = { host: hostOf(kept), ...asked };
        return { one, isGo: verdictOf(one) === 'go', names: Object.keys(seesLuns(one.host) ? ways : always) };
      });
      const picks = fc.array(fc.nat(), { minLength: 1, maxLength: 3 });
      fc.assert(
        fc.property(fc.nat(pool.length - 1), picks, (at, numbers) => {
          const { one, isGo, names } = pool[at]!;
          seen.kept++;
          if (isGo) seen.go++;
          const chosen = [...new Set(numbers.map((number) => names[number % names.length] ?? ''))];
          // A host without any report has nothing left that could be degraded.
          const order = chosen.toSorted((a, b) => Number(a === 'no report') - Number(b === 'no report'));
          // A later degradation may replace the disks that an earlier one changed, never mend anything.
          const worse = order.reduce((sofar, name) => ways[name]?.(sofar) ?? sofar, one);
          if (verdictOf(worse) === 'go') seen.falseGo.add(order.join(' + '));
        }),
        { numRuns },
      );
      expect([...seen.falseGo]).toEqual([]);
      expect(seen.kept).toBeGreaterThanOrEqual(numRuns);
      // Guards against a gate that is always shut.
      expect(seen.go).toBeGreaterThan(seen.kept * 0.2);
      console.info(`gate: ${seen.go} go of ${seen.kept} undegraded, 0 of ${seen.kept} degraded`);
    },
  );
});
