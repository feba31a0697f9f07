import type { TransportFact, WindowsDisk } from '@lunwarden/contract';
import { linuxFacts, storyNaa, vmfsDisk, windowsBootDisk, windowsFacts } from '@lunwarden/sample-fleet';
import type { ProxyInProduct } from '../facts/product-view.js';
import type { Facts } from '../facts.js';
import { beside, direct, previous, unknown, withLun } from '../testing/cases.js';
import { describeEdges } from '../testing/edges.js';
import { around, esxi, host, over, records, silent, weak, window } from '../testing/products.js';

const stranger: Partial<WindowsDisk> = {
  uniqueId: '600601604F1234005DEADBEEF0000001',
  partitionStyle: 'RAW',
  partitions: { value: [] },
};
const peers = (change: Partial<NonNullable<Facts['peers']>>): Partial<Facts> => ({
  peers: { count: 3, sanPolicy: 'OfflineShared', automount: 'disabled', ...change },
});
const product = (proxy: Partial<ProxyInProduct>) => around({ proxy });
const automatic = product({ selectsDatastores: { value: true } });
const observed = (...tasks: [TransportFact['configured'], number, string][]) =>
  beside({
    transport: {
      value: {
        ...direct.value,
        observed: tasks.map(([mode, count, lastSeenAt]) => ({ mode: mode as 'network', tasks: count, lastSeenAt })),
      },
    },
  });
const versions = (...all: string[]): Partial<Facts> => {
  const facts = esxi({});
  const esxiHosts = { value: all.map((version, at) => ({ name: `esx-${at}`, version, build: 1, line: null })) };
  return { ...facts, inventory: { ...facts.inventory!, esxiHosts } };
};
const ends = (day: string): Partial<Facts> => {
  const facts = esxi({ version: '8.0.3' });
  return {
    ...facts,
    feeds: { ...facts.feeds!, esxiSupportEnds: { value: { asOf: '2026-11-19', byVersion: { '8.0': day } } } },
  };
};
const until = (expiresAt: string) => records({ exceptions: { value: [{ name: 'e', expiresAt, closedAt: null }] } });
const space = (system: number | null, free: number | null, winReEnabled: boolean | null) =>
  windowsFacts({
    bootSpace: { value: { systemPartitionFreeMb: system, recoveryPartitionFreeMb: free, winReEnabled } },
  });
const update = { id: 'KB1', title: 't', severity: 'low', categories: [], needsReboot: true } as const;
const server = { roles: { value: ['backup-server'] } } as const;

describeEdges('a host', [
  [
    'a choice among one datastore, beside one that no map knows',
    'datastores-chosen-automatically',
    'unknown low',
    beside({ disks: { value: [windowsBootDisk(), vmfsDisk(1), vmfsDisk(9, undefined, stranger)] } }),
    automatic,
  ],
  [
    'a choice by hand beside a LUN that no map knows',
    'datastores-chosen-automatically',
    'safe low',
    beside({ disks: { value: [windowsBootDisk(), vmfsDisk(1), vmfsDisk(9, undefined, stranger)] } }),
    product({}),
  ],
  [
    'an unknown choice among two',
    'datastores-chosen-automatically',
    'at-risk low',
    beside({ disks: { value: [windowsBootDisk(), vmfsDisk(1), vmfsDisk(2), vmfsDisk(9, undefined, stranger)] } }),
    automatic,
  ],
  ['a custom of three others', 'guard-unlike-peers', 'safe low', beside(), peers({})],
  [
    'automount unlike the custom',
    'guard-unlike-peers',
    'at-risk low',
    beside(),
    peers({ automount: 'enabled' }),
    'Automount is disabled, of most enabled',
  ],
  [
    'no custom at all',
    'guard-unlike-peers',
    'safe low',
    beside(),
    peers({ sanPolicy: null, automount: null }),
    'SAN policy is OfflineShared, of most no two alike',
  ],
  [
    'an own policy that nobody could read',
    'guard-unlike-peers',
    'unknown low',
    beside({ sanPolicy: unknown }),
    peers({}),
    'The SAN policy is not known: the collector was denied access',
  ],
  [
    'a policy that nobody had read',
    'guard-weakened',
    'unknown high',
    beside(),
    previous(beside({ sanPolicy: unknown })),
    'The earlier SAN policy is not known',
  ],
  [
    'automount that nobody could read',
    'guard-weakened',
    'unknown high',
    beside({ automount: unknown }),
    previous(beside()),
    'Automount is not known: the collector was denied access',
  ],
  [
    'automount that was enabled all along',
    'guard-weakened',
    'safe high',
    beside({ automount: { value: 'enabled' } }),
    previous(beside({ automount: { value: 'enabled' } })),
  ],
  [
    'a report before of another system',
    'guard-weakened',
    'unknown high',
    beside(),
    previous(linuxFacts()),
    'The report before is of another system',
  ],
  [
    'a list that nobody had read',
    'disk-numbers-moved',
    'unknown high',
    beside(),
    previous(beside({ disks: unknown })),
    'The earlier disk list is not known',
  ],
  [
    'numbers that moved while every LUN was offline',
    'disk-numbers-moved',
    'safe high',
    beside({ disks: { value: [windowsBootDisk(), vmfsDisk(2, storyNaa(1)), vmfsDisk(1, storyNaa(2))] } }),
    previous(beside({ disks: { value: [windowsBootDisk(), vmfsDisk(1), vmfsDisk(2)] } })),
    'Disk 1 is now Disk 2, Disk 2 is now Disk 1',
  ],
  [
    'a mode that is not Direct SAN',
    'direct-san-falls-back',
    'not-applicable medium',
    beside({
      transport: {
        value: {
          configured: 'network',
          source: 'product',
          observed: [{ mode: 'network', tasks: 9, lastSeenAt: '2026-11-20T06:00:00Z' }],
        },
      },
    }),
  ],
  [
    'tasks of a week ago',
    'direct-san-falls-back',
    'unknown medium',
    observed(['network', 9, '2026-11-13T06:10:00.000Z']),
  ],
  [
    'tasks of almost a week ago',
    'direct-san-falls-back',
    'at-risk medium',
    observed(['network', 9, '2026-11-13T06:10:00.001Z']),
  ],
  [
    'old tasks beside new ones',
    'direct-san-falls-back',
    'safe medium',
    observed(['network', 9, '2026-11-01T00:00:00Z'], ['direct-san', 1, '2026-11-20T06:00:00Z']),
    {},
    '0 of 1 tasks went over the network',
  ],
  [
    'a recovery partition that nobody could read, and that is not used',
    'boot-partition-too-small',
    'safe medium',
    space(20, null, false),
  ],
  ['support that ended yesterday', 'esxi-support-ended', 'at-risk high', host, ends('2026-11-19T06:10:00.000Z')],
  ['support that ends a moment later', 'esxi-support-ended', 'at-risk medium', host, ends('2026-11-19T06:10:00.001Z')],
  ['support that ends in ninety days', 'esxi-support-ended', 'at-risk medium', host, ends('2027-02-17T06:10:00.000Z')],
  ['support that ends a moment after that', 'esxi-support-ended', 'safe high', host, ends('2027-02-17T06:10:00.001Z')],
  [
    'one host that is over and one that ends',
    'esxi-support-ended',
    'at-risk high',
    host,
    versions('6.9.1', '7.0.3'),
    'esx-0 (6.9.1), esx-1 (7.0.3)',
  ],
  [
    'one host that is supported and one of which nobody knows',
    'esxi-support-ended',
    'unknown high',
    host,
    versions('8.0.3', '10.0.0'),
  ],
  [
    'support that nobody told',
    'esxi-support-ended',
    'unknown high',
    host,
    { ...versions('8.0.3'), feeds: { ...esxi({}).feeds!, esxiSupportEnds: unknown } },
    'Support of ESXi is not known: the collector was denied access',
  ],
  ['an exception that ends now', 'exception-expired', 'at-risk medium', host, until('2026-11-20T06:10:00.000Z')],
  ['an exception that ends in a moment', 'exception-expired', 'safe medium', host, until('2026-11-20T06:10:00.001Z')],
  ['an exception that ends nobody knows when', 'exception-expired', 'at-risk medium', host, until('soon')],
  [
    'an exploited hole of a backup server',
    'exploited-vulnerability-unpatched',
    'at-risk high',
    windowsFacts({
      ...server,
      roles: { value: ['backup-server'] },
      pendingUpdates: { value: [{ ...update, categories: [], cves: ['CVE-2026-1'] }] },
    }),
    {
      feeds: {
        ...esxi({}).feeds!,
        cves: { value: { asOf: '2026-11-19', byId: { 'CVE-2026-1': { exploited: 'listed' } } } },
      },
    },
  ],
  [
    'two who enforce the guards',
    'guard-not-enforced',
    'safe info',
    beside({ guardEnforcement: { value: ['group-policy', 'dsc'] } }),
    {},
    'Set by group-policy, dsc',
  ],
  [
    'a LUN in a stranger state',
    'vmfs-lun-offline-writable',
    'unknown medium',
    withLun({ isOffline: unknown, isReadOnly: unknown }),
  ],
  ['a report of seven days ago', 'report-too-old', 'at-risk low', host, { lastSeenAt: '2026-11-13T06:10:00.000Z' }],
  ['a report of twenty-six hours ago', 'report-too-old', 'safe low', host, { lastSeenAt: '2026-11-19T04:10:00.000Z' }],
  ['a window that is over', 'window-near-guards-weak', 'not-applicable high', weak, window(...over)],
  [
    'a mode that may fall back to the network',
    'network-mode-unencrypted',
    'at-risk medium',
    beside(),
    product({ encryptsNetwork: { value: false } }),
  ],
  [
    'a proxy of which nobody knows whether it is disabled',
    'unused-proxy-sees-luns',
    'unknown medium',
    beside(),
    product({ isDisabled: unknown }),
    'Whether the proxy is disabled is not known: the collector was denied access',
  ],
  [
    'a host that neither side knows',
    'host-known-to-one-side-only',
    'unknown medium',
    host,
    { ...around({ proxy: null }), ...silent },
    'Not in the backup product; what the host says of itself is not known',
  ],
]);
