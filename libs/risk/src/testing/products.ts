import type { WindowsDisk } from '@lunwarden/contract';
import { storyNow, windowsBootDisk, windowsFacts } from '@lunwarden/sample-fleet';
import type { ChangeView } from '../facts/change-view.js';
import type { FeedView, FixedBuild } from '../facts/feed-view.js';
import type { EsxiHost } from '../facts/inventory-view.js';
import type { ProductView, ProxyInProduct, ServerInProduct } from '../facts/product-view.js';
import type { Facts } from '../facts.js';
import { beside, unknown } from './cases.js';

// A backup server, its proxies and the builds that mend them: what the cases about products start from.
export const now = '2026-11-20T06:00:00Z';
export const fix = (change: Partial<FixedBuild> = {}): FixedBuild => ({
  cve: 'CVE-2025-23120',
  branch: '12',
  build: '12.3.1.1139',
  patch: null,
  hotfixOn: null,
  cvss: 9.9,
  exploited: 'none',
  needsDomain: true,
  ...change,
});
export const listedFix = fix({
  cve: 'CVE-2024-40711',
  build: '12.2.0.334',
  cvss: 9.8,
  exploited: 'ransomware',
  needsDomain: false,
});
export const privateFix = fix({
  cve: 'CVE-2023-27532',
  build: '12.0.0.1420',
  patch: 'P20230223',
  cvss: 7.5,
  needsDomain: false,
});
export const esxi8 = fix({
  cve: 'CVE-2025-22224',
  branch: '8.0 U3',
  build: '24585383',
  needsDomain: false,
  exploited: 'listed',
});
export const server = (build: string, change: Partial<ServerInProduct> = {}): ServerInProduct => ({
  build,
  patches: { value: [] },
  isDomainJoined: { value: true },
  ...change,
});
export const proxy: ProxyInProduct = {
  isOnline: { value: true },
  isDisabled: { value: false },
  isOutOfDate: { value: false },
  encryptsNetwork: { value: true },
  selectsDatastores: { value: false },
  neededDatastores: { value: null },
  sanRestores: { value: 0 },
};
export type Around = {
  server?: ServerInProduct | null;
  proxy?: Partial<ProxyInProduct> | null;
  fixes?: FixedBuild[];
  clean?: { cve: string; branch: string }[];
  /** Update lines of ESXi in which a vulnerability is never mended. */
  hopeless?: { cve: string; branch: string }[];
  feedDay?: string;
};
export const around = ({
  server: own = null,
  proxy: as = {},
  fixes = [],
  clean = [],
  hopeless = [],
  feedDay = '2026-11-19',
}: Around): Partial<Facts> => ({
  product: {
    observedAt: now,
    server: { value: own },
    proxy: { value: as && { ...proxy, ...as } },
  } satisfies ProductView,
  feeds: {
    cves: unknown,
    epss: unknown,
    catalogue: unknown,
    cvesOfUpdates: {},
    extendedSupportEnd: unknown,
    productBuilds: { value: { asOf: feedDay, fixes, clean, hopeless: [] } },
    esxiBuilds: { value: { asOf: feedDay, fixes: [esxi8], clean: [], hopeless } },
    esxiSupportEnds: {
      value: { asOf: feedDay, byVersion: { '7.0': '2025-10-02', '8.0': '2027-10-11', '6.9': '2026-12-24' } },
    },
  } satisfies FeedView,
});
export const esxi = (change: Partial<EsxiHost> | null, feedDay?: string): Partial<Facts> => ({
  ...around(feedDay === undefined ? {} : { feedDay }),
  inventory: {
    observedAt: now,
    proxyVm: { value: null },
    leftovers: { value: [] },
    esxiHosts: {
      value: change === null ? [] : [{ name: 'esx-1', version: '8.0.3', build: 24585383, line: '8.0 U3', ...change }],
    },
  },
});
export const host = windowsFacts();
export const records = (change: Partial<ChangeView>): Partial<Facts> => ({
  change: {
    window: { value: null },
    ended: { value: null },
    preflightAt: { value: null },
    jobs: { value: { areEnabled: false, runningTasks: 0, at: now } },
    exceptions: { value: [] },
    refusals: { value: [] },
    ...change,
  },
});
export const window = (startsAt: string, endsAt: string, change: Partial<ChangeView> = {}): Partial<Facts> =>
  records({
    [Date.parse(endsAt) <= Date.parse(storyNow) ? 'ended' : 'window']: {
      value: { name: 'November', startsAt, endsAt },
    },
    ...change,
  });
export const soon = ['2026-11-20T20:00:00Z', '2026-11-20T23:00:00Z'] as const;
export const running = ['2026-11-20T05:00:00Z', '2026-11-20T08:00:00Z'] as const;
export const over = ['2026-11-19T20:00:00Z', '2026-11-19T23:00:00Z'] as const;
export const far = ['2026-12-20T20:00:00Z', '2026-12-20T23:00:00Z'] as const;
export const weak = beside({ sanPolicy: { value: 'OnlineAll' } });
export const lettered = (path: string, change: Partial<WindowsDisk> = {}) =>
  windowsFacts({
    disks: {
      value: [
        windowsBootDisk({
          partitions: {
            value: [
              { number: 1, gptType: null, mbrType: 7, sizeBytes: '104857600', accessPaths: [path] },
              { number: 2, gptType: null, mbrType: 7, sizeBytes: '299332796416', accessPaths: ['C:\\'] },
            ],
          },
          ...change,
        }),
      ],
    },
  });
export const reported = (observedAt: string): Partial<Facts> => ({
  report: { facts: host, remembered: host, observedAt, receivedAt: observedAt },
});
export const silent: Partial<Facts> = { report: null, lastSeenAt: null };
