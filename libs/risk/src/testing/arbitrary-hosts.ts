import {
  type HostFacts,
  type Known,
  type LinuxDisk,
  naaKey,
  type WindowsDisk,
  type WindowsFacts,
  type WindowsPartition,
} from '@lunwarden/contract';
import {
  daysBefore,
  hostOf,
  linuxBootDisk,
  linuxFacts,
  linuxVmfsDisk,
  storyNaa,
  vmfsDisk,
  windowsBootDisk,
  windowsFacts,
} from '@lunwarden/sample-fleet';
import fc from 'fast-check';
import type { Facts, MapView } from '../facts.js';
import { rememberFacts } from '../remember.js';

/** Any host beside any maps, good and bad, known and not: for laws that must hold of all of them. */

const denied = { unknown: 'denied' } as const;
const mostLuns = 7;

/** Mostly known, so that what depends on several facts at once is met, too. */
const known = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<Known<T>> =>
  fc.oneof({ weight: 6, arbitrary: values.map((value) => ({ value })) }, { weight: 1, arbitrary: fc.constant(denied) });

const partitions = known<WindowsPartition[]>(
  fc.constantFrom<WindowsPartition[]>(
    [{ number: 1, gptType: 'aa31e02a-400f-11db-9590-000c2911d1b8', mbrType: null, sizeBytes: '1', accessPaths: [] }],
    [
      {
        number: 1,
        gptType: 'ebd0a0a2-b9e5-4433-87c0-68b6b72699c7',
        mbrType: null,
        sizeBytes: '1',
        accessPaths: ['E:\\'],
      },
    ],
    [],
  ),
);
/** Keys collide now and then, as paths of one LUN do; sizes and serial numbers then agree or contradict. */
const windowsDisk: fc.Arbitrary<Partial<WindowsDisk>> = fc.record({
  uniqueId: fc.oneof(
    fc.integer({ min: 1, max: mostLuns }).map((lun) => storyNaa(lun).toUpperCase()),
    fc.constant(null),
  ),
  serialNumber: fc.constantFrom(null, 'one', 'two'),
  sizeBytes: fc.constantFrom('4398046511104', '4398046511104', '1099511627776'),
  busType: fc.constantFrom(6, 6, 6, 8, 99),
  partitionStyle: fc.constantFrom('GPT' as const, 'RAW' as const),
  isBoot: fc.constantFrom(false, false, false, true),
  isOffline: known(fc.boolean()),
  isReadOnly: known(fc.boolean()),
  partitions,
});
const linuxDisk: fc.Arbitrary<Partial<LinuxDisk>> = fc.record({
  ids: fc.subarray(
    [1, 2, 3, 4, 5].map((lun) => `/dev/disk/by-id/wwn-0x${storyNaa(lun)}`),
    { maxLength: 2 },
  ),
  serialNumber: fc.constantFrom(null, 'one'),
  transport: fc.constantFrom('fc', 'sata', null),
  readOnly: known(fc.boolean()),
  fsType: fc.constantFrom(null, null, 'VMFS_volume_member', 'xfs'),
  partitions: known(fc.constantFrom([], [{ name: 'x1', partType: null, fsType: 'xfs', mountPoints: ['/', '/mnt'] }])),
});

const updates = known(
  fc
    .subarray([
      { id: 'KB4012212', severity: 'critical', cves: ['CVE-2017-0144'], categories: ['Security Updates'] },
      { id: 'KB5012170', severity: 'important', cves: [], categories: ['Security Updates'] },
      { id: 'KB1', severity: 'low', cves: [], categories: ['Upgrades'] },
    ] as const)
    .map((list) =>
      list.map((one) => ({
        title: one.id,
        needsReboot: true,
        ...one,
        cves: [...one.cves],
        categories: [...one.categories],
      })),
    ),
);
const common = {
  machine: known(fc.boolean().map((isVirtual) => ({ isVirtual, vendor: 'x', model: 'y', biosUuid: null }))),
  roles: known(fc.constantFrom(['proxy' as const], ['proxy' as const, 'backup-server' as const])),
  transport: known(
    fc.record({
      configured: fc.constantFrom(
        'auto' as const,
        'direct-san' as const,
        'virtual-appliance' as const,
        'network' as const,
      ),
      source: fc.constant('product' as const),
      observed: fc.constantFrom(
        [],
        [{ mode: 'network' as const, tasks: 3, lastSeenAt: daysBefore(1) }],
        [
          { mode: 'network' as const, tasks: 3, lastSeenAt: daysBefore(1) },
          { mode: 'virtual-appliance' as const, tasks: 1, lastSeenAt: daysBefore(2) },
        ],
      ),
    }),
  ),
  pendingUpdates: updates,
  lastUpdateSuccessAt: known(fc.constantFrom(null, daysBefore(3), daysBefore(50), daysBefore(400))),
  pendingReboot: known(fc.constantFrom([], ['servicing'])),
};
const windows: fc.Arbitrary<HostFacts> = fc
  .record({
    ...common,
    sanPolicy: known(fc.constantFrom('OfflineAll', 'OfflineShared', 'OfflineInternal', 'OnlineAll')),
    automount: known(fc.constantFrom('enabled', 'disabled')),
    staleMountPoints: known(fc.constantFrom(0, 2)),
    disks: known(fc.array(windowsDisk, { maxLength: 8 })),
  })
  .map((facts) => {
    const disks = 'value' in facts.disks ? { value: withBoot(facts.disks.value) } : facts.disks;
    return windowsFacts({ ...facts, disks } as Partial<WindowsFacts>);
  });
const withBoot = (changes: readonly Partial<WindowsDisk>[]): WindowsDisk[] => [
  windowsBootDisk(),
  ...changes.map((change, at) => vmfsDisk(at + 1, undefined, change)),
];
const linux: fc.Arbitrary<HostFacts> = fc
  .record({
    ...common,
    lvmGuard: known(fc.constantFrom('none', 'devices-file', 'global-filter')),
    multipath: known(fc.constantFrom('active', 'inactive')),
    foreignVolumeGroups: known(fc.constantFrom([], ['vg_guest'])),
    disks: known(fc.array(linuxDisk, { maxLength: 6 })),
  })
  .map((facts) => {
    const disks =
      'value' in facts.disks
        ? {
            value: [
              linuxBootDisk(),
              ...facts.disks.value.map((change, at) => linuxVmfsDisk(at + 1, undefined, change)),
            ],
          }
        : facts.disks;
    return linuxFacts({ ...facts, disks } as Parameters<typeof linuxFacts>[0]);
  });
const hostFacts = fc.oneof(windows, windows, linux);

/** A host beside no map at all. */
export const arbitraryHosts: fc.Arbitrary<Facts> = fc
  .record({
    facts: hostFacts,
    before: fc.option(hostFacts, { nil: null }),
    observedAt: fc.constantFrom('2026-11-20T06:00:00Z', '2026-11-20T06:00:00Z', '2026-11-20T02:00:00Z', null),
    hasReported: fc.integer({ min: 0, max: 20 }).map((at) => at > 0),
    identityConflict: fc.integer({ min: 0, max: 20 }).map((at) => at === 0),
  })
  .map(({ facts, before, observedAt, hasReported, identityConflict }) => {
    const host = hostOf(facts, { identityConflict, map: { vcenters: [], datastores: [] } });
    const report = host.report && { ...host.report, observedAt, remembered: rememberFacts(before, facts) };
    return { ...host, report: hasReported ? report : null };
  });

const vcenter = (name: string) =>
  fc.record({
    name: fc.constant(name),
    collectedAt: fc.constantFrom(
      '2026-11-20T05:50:00Z',
      '2026-11-20T05:50:00Z',
      '2026-11-20T05:50:00Z',
      '2026-11-20T02:00:00Z',
      '2026-11-20T07:00:00Z',
      null,
    ),
    gaps: fc.constantFrom([], [], [], [{ object: 'vm-1', path: 'name', reason: 'x' }]),
  });

const extents = fc.array(
  fc.subarray(Array.from({ length: mostLuns }, (_, at) => naaKey(storyNaa(at + 1)) ?? []).flat(), { maxLength: 2 }),
  { maxLength: 2 },
);
const datastores = fc
  .array(
    fc.record({
      extents,
      vms: fc.subarray(Array.from({ length: 12 }, (_, at) => `uuid/vm-${at}`)),
      vcenter: fc.constantFrom('a', 'a', 'b', 'gone'),
      isStale: fc.integer({ min: 0, max: 9 }).map((at) => at === 0),
      isNewGeneration: fc.integer({ min: 0, max: 9 }).map((at) => at === 0),
    }),
    { maxLength: 9 },
  )
  .map((list): MapView['datastores'] =>
    list.map(({ vms, ...one }, at) => ({
      ...one,
      id: `uuid/datastore-${at}`,
      name: `ds-${at % 7}`,
      vmfsUuid: null,
      vmIds: vms,
    })),
  );

export const arbitraryMaps: fc.Arbitrary<MapView> = fc.record({
  vcenters: fc.constantFrom([], ['a'], ['a', 'b']).chain((names) => fc.tuple(...names.map(vcenter))),
  datastores,
});
