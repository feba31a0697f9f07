import { daysBefore, linuxFacts, storyNow, vmfsDisk, windowsBootDisk, windowsFacts } from '@lunwarden/sample-fleet';
import { expect, it } from 'vitest';
import type { ProxyInProduct } from '../facts/product-view.js';
import type { Facts } from '../facts.js';
import { beside, findingOf, linuxBeside, previous, unknown, withLun } from '../testing/cases.js';
import { describeEdges } from '../testing/edges.js';
import { around, fix, host, records, server, window } from '../testing/products.js';

const hour = 3_600_000;
const after = (ms: number): string => new Date(Date.parse(storyNow) + ms).toISOString();
const week = 7 * 24 * hour;
const proxy = (change: Partial<ProxyInProduct>): Partial<Facts> => around({ proxy: change });
const refused = (at: string) => records({ refusals: { value: [{ at, reason: 'signature' }] } });
const jobs = (at: string) => ({ jobs: { value: { areEnabled: true, runningTasks: 0, at } } }) as const;
const table = (asOf: string) => around({ server: server('12.3.2.1'), fixes: [fix()], clean: [], feedDay: asOf });
const arrayFlag = (value: boolean | null) => (value === null ? {} : { isArrayReadOnly: { value } });
const twoLuns = (first: boolean | null, second: boolean | null) =>
  beside({
    disks: {
      value: [windowsBootDisk(), vmfsDisk(1, undefined, arrayFlag(first)), vmfsDisk(2, undefined, arrayFlag(second))],
    },
  });
const backupServer = windowsFacts({ roles: { value: ['backup-server'] } });

describeEdges('records', [
  ['a refusal of a week ago', 'report-not-trusted', 'at-risk high', host, refused(after(-week))],
  ['one of longer ago', 'report-not-trusted', 'safe high', host, refused(after(-week - 1)), 'None was refused'],
  [
    'jobs as a window opens',
    'jobs-enabled-in-window',
    'at-risk medium',
    host,
    window(after(0), after(hour), jobs(after(0))),
    'Jobs enabled, 0 tasks running',
  ],
  [
    'jobs before it opens',
    'jobs-enabled-in-window',
    'not-applicable medium',
    host,
    window(after(1), after(hour), jobs(after(0))),
  ],
  [
    'jobs as they were a quarter of an hour ago',
    'jobs-enabled-in-window',
    'at-risk medium',
    host,
    window(after(0), after(hour), jobs(after(-hour / 4))),
  ],
  [
    'jobs that nobody asked for',
    'jobs-enabled-in-window',
    'unknown medium',
    host,
    window(after(0), after(hour), { jobs: unknown }),
  ],
  [
    'a window whose end nobody can read',
    'jobs-enabled-in-window',
    'at-risk medium',
    host,
    records({ window: { value: { name: 'x', startsAt: after(-hour), endsAt: 'later' } }, ...jobs(after(0)) }),
  ],
]);

describeEdges('the backup product', [
  [
    'no proxy on either side',
    'host-known-to-one-side-only',
    'safe medium',
    backupServer,
    around({ proxy: null }),
    'Not a proxy on either side',
  ],
  [
    'a proxy that it does not know',
    'host-known-to-one-side-only',
    'at-risk medium',
    host,
    around({ proxy: null }),
    'Reports as a proxy, unknown to the backup product',
  ],
  [
    'roles that nobody could read',
    'host-known-to-one-side-only',
    'unknown medium',
    windowsFacts({ roles: unknown }),
    around({ proxy: null }),
  ],
  [
    'a proxy that never reported',
    'host-known-to-one-side-only',
    'at-risk medium',
    host,
    { ...around({}), report: null },
    'A proxy of the backup product that has never reported',
  ],
  [
    'no datastore that is needed',
    'luns-not-needed',
    'at-risk medium',
    beside(),
    proxy({ neededDatastores: { value: [] } }),
    'Not needed: prod-vmfs-01',
  ],
  [
    'any datastore that may be needed',
    'luns-not-needed',
    'not-applicable medium',
    beside(),
    proxy({ neededDatastores: { value: null } }),
  ],
]);

describeEdges('a table of fixed builds', [
  [
    'one of thirty days less a moment',
    'backup-server-below-fixed-build',
    'safe high',
    backupServer,
    table('2026-10-21T06:10:00.001Z'),
  ],
  [
    'one of thirty days',
    'backup-server-below-fixed-build',
    'unknown high',
    backupServer,
    table('2026-10-21T06:10:00.000Z'),
    'The table of fixed builds is of 2026-10-21, too old to say that nothing is open: import a newer one (Setup, Feeds)',
  ],
]);

describeEdges('LUNs', [
  ['one that the array lets write', 'lun-writable-at-array', 'at-risk medium', twoLuns(true, false), proxy({})],
  ['two that it does not', 'lun-writable-at-array', 'safe medium', twoLuns(true, true), proxy({})],
  ['one of which nobody asked', 'lun-writable-at-array', 'unknown medium', twoLuns(true, null), proxy({})],
  [
    'an MBR type of VMFS on Linux',
    'vmfs-lun-writable-on-linux',
    'at-risk low',
    linuxBeside({
      fsType: null,
      readOnly: { value: false },
      ids: [],
      partitions: { value: [{ name: 'a', partType: '0xfb', fsType: null, mountPoints: [] }] },
    }),
  ],
  [
    'another MBR type on Linux',
    'vmfs-lun-writable-on-linux',
    'not-applicable low',
    linuxBeside({
      fsType: null,
      readOnly: { value: false },
      ids: [],
      transport: 'sata',
      partitions: { value: [{ name: 'a', partType: '0x83', fsType: null, mountPoints: [] }] },
    }),
  ],
]);

it('names no more than five, and how many more there are', () => {
  const luns = (count: number) => Array.from({ length: count }, (_, at) => vmfsDisk(at + 1));
  const names = (count: number) => {
    const facts = beside({ disks: { value: [windowsBootDisk(), ...luns(count)] } });
    const { severity, evidence } =
      findingOf('luns-not-needed', facts, proxy({ neededDatastores: { value: [] } })) ?? {};
    return [severity, evidence?.[0]?.text];
  };
  const five = 'Not needed: prod-vmfs-01, prod-vmfs-02, prod-vmfs-03, prod-vmfs-04, prod-vmfs-05';
  expect(names(5)).toEqual(['medium', five]);
  expect(names(6)).toEqual(['high', `${five} and 1 more`]);
});

it('compares a partition table only with one that both reports could read', () => {
  const changed = (before: Parameters<typeof withLun>[0], now: Parameters<typeof withLun>[0]) =>
    findingOf('vmfs-lun-table-changed', withLun(now), previous(withLun(before)))?.verdict;
  expect(changed({ signature: 'a' }, { signature: 'b' })).toBe('at-risk');
  expect(changed({ signature: 'a' }, { signature: 'a' })).toBe('safe');
  expect(changed({ signature: null }, { signature: 'b' })).toBe('safe');
  expect(changed({ signature: 'a' }, { signature: null })).toBe('safe');
  expect(changed({ partitionStyle: 'unknown' }, { partitionStyle: 'MBR' })).toBe('safe');
  expect(changed({ partitionStyle: 'GPT' }, { partitionStyle: 'unknown' })).not.toBe('at-risk');
});

it('asks nothing of the last update of a Linux host that it does not ask of Windows', () => {
  const age = (facts: Parameters<typeof findingOf>[1]) => findingOf('updates-overdue', facts)?.verdict;
  const old = { lastUpdateSuccessAt: { value: daysBefore(200) } };
  expect([age(windowsFacts(old)), age(linuxFacts(old))]).toEqual(['at-risk', 'at-risk']);
});
