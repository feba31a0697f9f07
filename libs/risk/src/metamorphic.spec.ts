import type { HostFacts, Known, SanPolicy, WindowsDisk } from '@lunwarden/contract';
import {
  daysBefore,
  hostOf,
  linuxBootDisk,
  linuxFacts,
  linuxVmfsDisk,
  storyMap,
  storyNaa,
  storyNow,
  vmfsDisk,
  windowsBootDisk,
  windowsFacts,
} from '@lunwarden/sample-fleet';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assess, sourceOf } from './assess.js';
import type { CatalogueUpdate, CveInFeeds, FeedView } from './facts/feed-view.js';
import type { InventoryView } from './facts/inventory-view.js';
import type { Facts } from './facts.js';
import { defaultPolicy } from './policy.js';
import { scoreOf } from './score.js';
import { signalsOf } from './signals.js';
import { arbitraryHosts, arbitraryMaps } from './testing/arbitrary-hosts.js';
import { around, over, running, window } from './testing/products.js';

/** The unit run takes 1,000; `FC_NUM_RUNS=200000` takes as many as one has patience for. */
const numRuns = Number(process.env.FC_NUM_RUNS ?? 1_000);

const policies: readonly SanPolicy[] = ['OfflineAll', 'OfflineShared', 'OfflineInternal', 'OnlineAll'];
const denied = { unknown: 'denied' } as const;
const known = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<Known<T>> =>
  fc.oneof({ weight: 4, arbitrary: values.map((value) => ({ value })) }, { weight: 1, arbitrary: fc.constant(denied) });
const file = (name: string) => ({ file: `[gold] ${name}/${name}.vmdk`, vm: name });
const inventories: fc.Arbitrary<InventoryView> = fc.record({
  observedAt: fc.constantFrom('2026-11-20T05:50:00Z', '2026-11-20T05:50:00Z', '2026-11-01T00:00:00Z'),
  proxyVm: known(
    fc.option(
      fc.record({
        name: fc.constant('proxy'),
        foreignDisks: known(fc.constantFrom([], [file('erp')])),
        isWorking: known(fc.boolean()),
        snapshots: known(fc.constant([])),
        isInBackupJob: known(fc.boolean()),
      }),
    ),
  ),
  leftovers: known(fc.constant([])),
  esxiHosts: known(fc.constant([])),
});
const day = fc.constantFrom('2026-11-19', '2026-11-19', '2026-01-01');
const feeds: fc.Arbitrary<FeedView> = fc.record({
  cves: known(
    fc.record({
      asOf: day,
      byId: fc.constantFrom<Record<string, CveInFeeds>>({}, { 'CVE-2017-0144': { exploited: 'listed' } }),
    }),
  ),
  epss: known(fc.record({ asOf: day, byId: fc.constantFrom<Record<string, number>>({}, { 'CVE-2026-1': 0.4 }) })),
  catalogue: known(
    fc.record({
      asOf: day,
      missing: fc.constantFrom<CatalogueUpdate[]>([], [{ id: 'KB2', severity: 'critical', cves: ['CVE-2026-1'] }]),
      doubtful: fc.constantFrom<CatalogueUpdate[]>([], [{ id: 'KB3', severity: 'important', cves: [] }]),
      holes: fc.constant(['a']),
      withoutUpdate: fc.constantFrom<string[]>([], ['CVE-2026-2']),
    }),
  ),
  cvesOfUpdates: fc.constantFrom<FeedView['cvesOfUpdates']>({}, { KB5012170: ['CVE-2026-3'] }),
  extendedSupportEnd: known(fc.constant(null)),
  productBuilds: fc.constant(denied),
  esxiBuilds: fc.constant(denied),
  esxiSupportEnds: fc.constant(denied),
});
/** Well kept but for this and that: of what is as bad as can be already, nothing can become worse. */
const kept: fc.Arbitrary<Facts> = fc
  .record({
    isLinux: fc.integer({ min: 0, max: 3 }).map((draw) => draw === 0),
    luns: fc.integer({ min: 0, max: 4 }),
    configured: fc.constantFrom('direct-san' as const, 'network' as const, 'virtual-appliance' as const),
    sanPolicy: fc.constantFrom(...policies),
    automount: fc.constantFrom('disabled' as const, 'disabled' as const, 'enabled' as const),
    isScanned: fc.integer({ min: 0, max: 4 }).map((draw) => draw > 0),
    update: fc.constantFrom([], [], [{ id: 'KB5012170', severity: 'low' as const }]),
    days: fc.constantFrom(3, 3, 50, 100, 400),
  })
  .map(({ isLinux, luns, configured, sanPolicy, automount, isScanned, update: waiting, days }) => {
    const all = Array.from({ length: luns }, (_, at) => at + 1);
    const updates = waiting.map((one) => ({ ...one, title: one.id, categories: [], cves: [], needsReboot: false }));
    const machine = { isVirtual: configured === 'virtual-appliance', vendor: 'x', model: 'y', biosUuid: null };
    const common = {
      machine: { value: machine },
      transport: { value: { configured, source: 'product' as const } },
      pendingUpdates: isScanned ? { value: updates } : denied,
      lastUpdateSuccessAt: { value: daysBefore(days) },
    };
    return hostOf(
      isLinux
        ? linuxFacts({ ...common, disks: { value: [linuxBootDisk(), ...all.map((lun) => linuxVmfsDisk(lun))] } })
        : windowsFacts({
            ...common,
            sanPolicy: { value: sanPolicy },
            automount: { value: automount },
            disks: { value: [windowsBootDisk(), ...all.map((lun) => vmfsDisk(lun))] },
          }),
    );
  });
const hosts: fc.Arbitrary<Facts> = fc
  .record({
    host: fc.oneof({ weight: 1, arbitrary: arbitraryHosts }, { weight: 3, arbitrary: kept }),
    // Else hardly a reach is known, and one that is not known cannot grow.
    map: fc.oneof(arbitraryMaps, fc.constant(storyMap('2026-11-20T05:50:00Z'))),
    inventory: fc.option(inventories, { nil: undefined }),
    feeds: fc.option(feeds, { nil: undefined }),
  })
  .map(({ host, map, inventory, feeds: fed }) => ({
    ...host,
    map,
    ...(inventory === undefined ? {} : { inventory }),
    ...(fed === undefined ? {} : { feeds: fed }),
  }));

type Worsen = (host: Facts) => Facts;
/** Changes one fact that was read; what nobody could read counts as bad already. */
const fact =
  <T>(platform: HostFacts['platform'] | null, name: string, change: (value: T) => unknown): Worsen =>
  (host) => {
    const { report } = host;
    if (report === null || (platform !== null && report.facts.platform !== platform)) return host;
    const held = (report.facts as unknown as Record<string, Known<T> | undefined>)[name];
    if (held === undefined || !('value' in held)) return host;
    const changed = { [name]: { value: change(held.value) } };
    const facts = { ...report.facts, ...changed } as HostFacts;
    return { ...host, report: { ...report, facts, remembered: { ...report.remembered, ...changed } as HostFacts } };
  };
const isOwn = ({ isBoot, isSystem }: WindowsDisk): boolean => isBoot || isSystem;
const lun = (change: Partial<WindowsDisk>): Worsen =>
  fact<WindowsDisk[]>('windows', 'disks', (disks) =>
    disks.map((disk) => (isOwn(disk) ? disk : { ...disk, ...change })),
  );
const update = (id: string, change: object = {}): Worsen =>
  fact(null, 'pendingUpdates', (updates: object[]) => [
    ...updates,
    { id, title: id, severity: 'critical', categories: [], cves: [], needsReboot: true, ...change },
  ]);
const feed =
  (change: (view: FeedView) => Partial<FeedView>): Worsen =>
  (host) =>
    host.feeds === undefined ? host : { ...host, feeds: { ...host.feeds, ...change(host.feeds) } };

const exploited: Record<string, CveInFeeds> = {
  'CVE-2026-1': { exploited: 'ransomware' },
  'CVE-2026-3': { exploited: 'ransomware' },
};

/** Each makes one signal of a host worse, or says more of it that is bad. */
const operators: Record<string, Worsen> = {
  'the SAN policy': fact('windows', 'sanPolicy', (now: SanPolicy) => policies[policies.indexOf(now) + 1] ?? now),
  automount: fact('windows', 'automount', () => 'enabled'),
  'remembered mount points': fact('windows', 'staleMountPoints', (count: number) => count + 1),
  'LUNs online': lun({ isOffline: { value: false } }),
  'LUNs writable': lun({ isReadOnly: { value: false } }),
  'one more LUN': fact<WindowsDisk[]>('windows', 'disks', (disks) => [...disks, vmfsDisk(40, storyNaa(40))]),
  'an update that failed': fact('windows', 'updateHistory', (all: object[]) => [
    ...all,
    { id: 'KB99', title: 'x', at: daysBefore(1), result: 'failed', hresult: '0x800f0a12' },
  ]),
  'updates that install by themselves': fact('windows', 'updatePolicy', (policy: object) => ({
    ...policy,
    noAutoUpdate: false,
    auOptions: 4,
  })),
  'no LVM guard': fact('linux', 'lvmGuard', () => 'none'),
  'no multipath': fact('linux', 'multipath', () => 'inactive'),
  'volume groups of guests': fact('linux', 'foreignVolumeGroups', () => ['vg_erp']),
  'one more update': update('KB99'),
  'an exploited vulnerability': update('KB98', { cves: ['CVE-2017-0144'] }),
  'an upgrade': update('KB97', { categories: ['Upgrades'] }),
  'an update of the boot store': update('KB5034441'),
  'a pending reboot': fact(null, 'pendingReboot', () => ['servicing']),
  'older updates': fact(null, 'lastUpdateSuccessAt', (at: string | null) => at && daysBefore(60, at)),
  'the role': fact(null, 'roles', () => ['proxy', 'backup-server']),
  'hot-add': fact(null, 'transport', () => ({ configured: 'virtual-appliance', source: 'product' })),
  'more VMs': (host) => ({
    ...host,
    map: {
      ...host.map,
      datastores: host.map.datastores.map((one) => ({ ...one, vmIds: [...one.vmIds, 'uuid/vm-98', 'uuid/vm-99'] })),
    },
  }),
  'two hosts under one key': (host) => ({ ...host, identityConflict: true }),
  'a report of unproven age': (host) => ({ ...host, report: host.report && { ...host.report, observedAt: null } }),
  'maps that were never collected': (host) => ({
    ...host,
    map: { ...host.map, vcenters: host.map.vcenters.map((one) => ({ ...one, collectedAt: null })) },
  }),
  'disks left attached': ({ inventory, ...host }) => {
    if (inventory === undefined || 'unknown' in inventory.proxyVm || inventory.proxyVm.value === null)
      return { ...host, ...(inventory && { inventory }) };
    const proxyVm = {
      value: { ...inventory.proxyVm.value, foreignDisks: { value: [file('crm')] }, isWorking: { value: false } },
    };
    return { ...host, inventory: { ...inventory, proxyVm } };
  },
  'one more CVE in the list': feed(({ cves }) =>
    'value' in cves ? { cves: { value: { ...cves.value, byId: { ...cves.value.byId, ...exploited } } } } : {},
  ),
  // One that is not there counts as the worst already.
  'a forecast that is worse': feed(({ epss }) =>
    'value' in epss && 'CVE-2026-1' in epss.value.byId
      ? { epss: { value: { ...epss.value, byId: { ...epss.value.byId, 'CVE-2026-1': 0.97 } } } }
      : {},
  ),
  'one more update by the catalogue': feed(({ catalogue }) =>
    'value' in catalogue
      ? {
          catalogue: {
            value: {
              ...catalogue.value,
              missing: [...catalogue.value.missing, { id: 'KB9', severity: 'critical', cves: ['CVE-2017-0144'] }],
            },
          },
        }
      : {},
  ),
};

/** What says nothing of how near a write is: it has rules of its own, and moves no score. */
const bystanders: Record<string, Partial<Facts>> = {
  'the report before': { previous: { facts: { platform: 'linux' }, observedAt: storyNow } },
  'that there was no report before': { previous: null },
  'how others are set': { peers: { count: 9, sanPolicy: 'OfflineShared', automount: 'disabled' } },
  'the backup product': { product: around({ proxy: { isDisabled: { value: true } } }).product },
  'a running change window': window(...running),
  'a window that nobody verified': window(...over),
};

/** The score that a judgement shows, without its rules and its words. */
const score = (host: Facts): number =>
  scoreOf(signalsOf(sourceOf(host, storyNow, defaultPolicy)), defaultPolicy).worst.score;

describe('a host', () => {
  it('never scores lower because one thing that is known of it became worse', { timeout: 3_600_000 }, () => {
    const moved = new Map<string, number>();
    const falls = new Set<string>();
    const one = fc.sample(hosts, 1)[0]!;
    expect(score(one)).toBe(assess(one, storyNow).score);
    fc.assert(
      fc.property(hosts, fc.constantFrom(...Object.keys(operators)), (host, name) => {
        const [before, after] = [score(host), score(operators[name]!(host))];
        if (after > before) moved.set(name, (moved.get(name) ?? 0) + 1);
        if (after < before) falls.add(name);
        return after >= before;
      }),
      { numRuns },
    );
    expect([...falls]).toEqual([]);
    // Guards against operators that change nothing.
    expect([...moved.values()].reduce((sum, n) => sum + n, 0)).toBeGreaterThan(numRuns * 0.1);
    if (numRuns >= 20_000) expect(Object.keys(operators).filter((name) => !moved.has(name))).toEqual([]);
    console.info(`metamorphic: ${numRuns} hosts, ${[...moved.values()].reduce((sum, n) => sum + n, 0)} scored higher`);
  });

  it.each(Object.keys(bystanders))('scores the same whatever is told of %s', (name) => {
    fc.assert(
      fc.property(hosts, (host) => {
        expect(score({ ...host, ...bystanders[name] })).toBe(score(host));
      }),
      { numRuns: Math.min(numRuns, 200) },
    );
  });
});
