import type { WindowsDisk } from '@lunwarden/contract';
import { daysBefore, windowsBootDisk, windowsFacts } from '@lunwarden/sample-fleet';
import type { ChangeView } from './facts/change-view.js';
import type { FeedView, FixedBuild } from './facts/feed-view.js';
import type { EsxiHost } from './facts/inventory-view.js';
import type { ProductView, ProxyInProduct, ServerInProduct } from './facts/product-view.js';
import type { Facts } from './facts.js';
import { beside, type Case, describeRules, unknown } from './testing/cases.js';

const now = '2026-11-20T06:00:00Z';
const fix = (change: Partial<FixedBuild> = {}): FixedBuild => ({
  cve: 'CVE-2025-23120',
  branch: '12',
  build: '12.3.1.1139',
  patch: null,
  cvss: 9.9,
  exploited: 'none',
  needsDomain: true,
  ...change,
});
const listedFix = fix({
  cve: 'CVE-2024-40711',
  build: '12.2.0.334',
  cvss: 9.8,
  exploited: 'ransomware',
  needsDomain: false,
});
const privateFix = fix({
  cve: 'CVE-2023-27532',
  build: '12.0.0.1420',
  patch: 'P20230223',
  cvss: 7.5,
  needsDomain: false,
});
const esxi8 = fix({
  cve: 'CVE-2025-22224',
  branch: '8.0 U3',
  build: '24585383',
  needsDomain: false,
  exploited: 'listed',
});
const server = (build: string, change: Partial<ServerInProduct> = {}): ServerInProduct => ({
  build,
  patches: { value: [] },
  isDomainJoined: { value: true },
  ...change,
});
const proxy: ProxyInProduct = {
  isOnline: { value: true },
  isDisabled: { value: false },
  isOutOfDate: { value: false },
  encryptsNetwork: { value: true },
  selectsDatastores: { value: false },
  neededDatastores: { value: null },
  sanRestores: { value: 0 },
};
type Around = {
  server?: ServerInProduct | null;
  proxy?: Partial<ProxyInProduct> | null;
  fixes?: FixedBuild[];
  feedDay?: string;
};
const around = ({
  server: own = null,
  proxy: as = {},
  fixes = [],
  feedDay = '2026-11-19',
}: Around): Partial<Facts> => ({
  product: {
    observedAt: now,
    server: { value: own },
    proxy: { value: as && { ...proxy, ...as } },
  } satisfies ProductView,
  feeds: {
    cves: unknown,
    cvesOfUpdates: {},
    extendedSupportEnd: unknown,
    productBuilds: { value: { asOf: feedDay, fixes } },
    esxiBuilds: { value: { asOf: feedDay, fixes: [esxi8] } },
    esxiSupportEnds: {
      value: { asOf: feedDay, byVersion: { '7.0': '2025-10-02', '8.0': '2027-10-11', '6.9': '2026-12-24' } },
    },
  } satisfies FeedView,
});
const esxi = (change: Partial<EsxiHost> | null, feedDay?: string): Partial<Facts> => ({
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
const host = windowsFacts();
const records = (change: Partial<ChangeView>): Partial<Facts> => ({
  change: {
    window: { value: null },
    preflightAt: { value: null },
    jobs: { value: { areEnabled: false, runningTasks: 0 } },
    exceptions: { value: [] },
    refusals: { value: [] },
    ...change,
  },
});
const window = (startsAt: string, endsAt: string, change: Partial<ChangeView> = {}): Partial<Facts> =>
  records({ window: { value: { name: 'November', startsAt, endsAt } }, ...change });
const soon = ['2026-11-20T20:00:00Z', '2026-11-20T23:00:00Z'] as const;
const running = ['2026-11-20T05:00:00Z', '2026-11-20T08:00:00Z'] as const;
const over = ['2026-11-19T20:00:00Z', '2026-11-19T23:00:00Z'] as const;
const far = ['2026-12-20T20:00:00Z', '2026-12-20T23:00:00Z'] as const;
const weak = beside({ sanPolicy: { value: 'OnlineAll' } });
const lettered = (path: string, change: Partial<WindowsDisk> = {}) =>
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
const reported = (observedAt: string): Partial<Facts> => ({
  report: { facts: host, remembered: host, observedAt, receivedAt: observedAt },
});
const silent: Partial<Facts> = { report: null, lastSeenAt: null };

const cases: Case[] = [
  [
    'backup-server-below-fixed-build',
    'at-risk',
    'critical',
    host,
    around({ server: server('12.1.2.172'), fixes: [listedFix] }),
  ],
  [
    'backup-server-below-fixed-build',
    'at-risk',
    'high',
    host,
    around({ server: server('12.3.0.310'), fixes: [fix({ cvss: 8.8 })] }),
  ],
  [
    'backup-server-below-fixed-build',
    'safe',
    null,
    host,
    around({ server: server('12.3.1.1139'), fixes: [fix(), listedFix] }),
  ],
  ['backup-server-below-fixed-build', 'unknown', null, host],
  [
    'backup-server-below-fixed-build',
    'unknown',
    null,
    host,
    around({ server: server('12.3.1.1139'), fixes: [fix()], feedDay: '2026-01-01' }),
  ],
  ['backup-server-below-fixed-build', 'not-applicable', null, host, around({})],
  [
    'backup-server-fix-unproven',
    'at-risk',
    'medium',
    host,
    around({ server: server('12.0.0.1420', { patches: unknown }), fixes: [privateFix] }),
  ],
  [
    'backup-server-fix-unproven',
    'safe',
    null,
    host,
    around({ server: server('12.0.0.1420', { patches: { value: ['P20230223'] } }), fixes: [privateFix] }),
  ],
  ['backup-server-fix-unproven', 'unknown', null, host],
  [
    'backup-server-joined-to-domain',
    'at-risk',
    'medium',
    host,
    around({ server: server('12.3.2.4854'), fixes: [fix()] }),
  ],
  ['backup-server-joined-to-domain', 'at-risk', 'high', host, around({ server: server('12.3.0.310'), fixes: [fix()] })],
  [
    'backup-server-joined-to-domain',
    'safe',
    null,
    host,
    around({ server: server('12.3.0.310', { isDomainJoined: { value: false } }) }),
  ],
  [
    'backup-server-joined-to-domain',
    'unknown',
    null,
    host,
    around({ server: server('12.3.0.310', { isDomainJoined: unknown }) }),
  ],
  ['backup-server-joined-to-domain', 'not-applicable', null, host, around({ server: server('13.0.1.2067') })],
  ['proxy-components-outdated', 'at-risk', 'low', host, around({ proxy: { isOutOfDate: { value: true } } })],
  ['proxy-components-outdated', 'safe', null, host, around({})],
  ['proxy-components-outdated', 'unknown', null, host],
  ['proxy-components-outdated', 'not-applicable', null, host, around({ proxy: null })],
  ['unused-proxy-sees-luns', 'at-risk', 'medium', beside(), around({ proxy: { isDisabled: { value: true } } })],
  [
    'unused-proxy-sees-luns',
    'at-risk',
    'medium',
    beside(),
    around({ proxy: { isOnline: { value: false }, isDisabled: unknown } }),
  ],
  ['unused-proxy-sees-luns', 'safe', null, beside(), around({})],
  ['unused-proxy-sees-luns', 'unknown', null, beside(), around({ proxy: { isOnline: unknown } })],
  ['unused-proxy-sees-luns', 'not-applicable', null, host, around({ proxy: { isDisabled: { value: true } } })],
  ['esxi-below-fixed-build', 'at-risk', 'high', host, esxi({ build: 24585382 })],
  ['esxi-below-fixed-build', 'safe', null, host, esxi({})],
  ['esxi-below-fixed-build', 'unknown', null, host, esxi({ line: '8.0 U2', build: 1 })],
  ['esxi-below-fixed-build', 'unknown', null, host, esxi({ line: null })],
  ['esxi-below-fixed-build', 'unknown', null, host, esxi({}, '2026-01-01')],
  ['esxi-below-fixed-build', 'unknown', null, host],
  ['esxi-below-fixed-build', 'not-applicable', null, host, esxi(null)],
  ['esxi-support-ended', 'at-risk', 'high', host, esxi({ version: '7.0.3' })],
  ['esxi-support-ended', 'at-risk', 'medium', host, esxi({ version: '6.9.1' })],
  ['esxi-support-ended', 'safe', null, host, esxi({})],
  ['esxi-support-ended', 'unknown', null, host, esxi({ version: '10.0.0' })],
  ['window-near-guards-weak', 'at-risk', 'high', weak, window(...soon)],
  ['window-near-guards-weak', 'at-risk', 'high', weak, window(...running)],
  ['window-near-guards-weak', 'safe', null, beside(), window(...soon)],
  ['window-near-guards-weak', 'unknown', null, beside({ sanPolicy: unknown }), window(...soon)],
  ['window-near-guards-weak', 'unknown', null, weak],
  ['window-near-guards-weak', 'not-applicable', null, weak, window(...far)],
  ['window-near-guards-weak', 'not-applicable', null, weak, records({})],
  ['preflight-missing', 'at-risk', 'medium', host, window(...soon)],
  ['preflight-missing', 'at-risk', 'medium', host, window(...soon, { preflightAt: { value: '2026-11-18T00:00:00Z' } })],
  ['preflight-missing', 'safe', null, host, window(...soon, { preflightAt: { value: '2026-11-20T05:00:00Z' } })],
  ['preflight-missing', 'unknown', null, host, window(...soon, { preflightAt: unknown })],
  ['preflight-missing', 'not-applicable', null, host, window(...far)],
  [
    'jobs-enabled-in-window',
    'at-risk',
    'medium',
    host,
    window(...running, { jobs: { value: { areEnabled: false, runningTasks: 1 } } }),
  ],
  ['jobs-enabled-in-window', 'safe', null, host, window(...running)],
  ['jobs-enabled-in-window', 'unknown', null, host, window(...running, { jobs: unknown })],
  ['jobs-enabled-in-window', 'not-applicable', null, host, window(...soon)],
  [
    'verification-after-window-missing',
    'at-risk',
    'high',
    host,
    { ...window(...over), ...reported('2026-11-19T19:00:00Z') },
  ],
  ['verification-after-window-missing', 'safe', null, host, window(...over)],
  [
    'verification-after-window-missing',
    'unknown',
    null,
    host,
    { ...window('2026-11-20T03:00:00Z', '2026-11-20T06:05:00Z') },
  ],
  ['verification-after-window-missing', 'not-applicable', null, host, window(...soon)],
  [
    'exception-expired',
    'at-risk',
    'medium',
    host,
    records({ exceptions: { value: [{ name: 'restore', expiresAt: daysBefore(1), closedAt: null }] } }),
  ],
  [
    'exception-expired',
    'safe',
    null,
    host,
    records({ exceptions: { value: [{ name: 'restore', expiresAt: daysBefore(1), closedAt: daysBefore(0) }] } }),
  ],
  ['exception-expired', 'unknown', null, host],
  ['drive-letter-left-on-boot-partition', 'at-risk', 'low', lettered('S:\\')],
  ['drive-letter-left-on-boot-partition', 'safe', null, host],
  ['drive-letter-left-on-boot-partition', 'safe', null, lettered('\\\\?\\Volume{1}\\')],
  ['drive-letter-left-on-boot-partition', 'unknown', null, lettered('S:\\', { partitions: unknown })],
  ['drive-letter-left-on-boot-partition', 'not-applicable', null, lettered('S:\\'), window(...running)],
  ['report-too-old', 'safe', null, host],
  ['report-too-old', 'at-risk', 'low', host, { lastSeenAt: daysBefore(2) }],
  ['report-too-old', 'at-risk', 'medium', host, { lastSeenAt: daysBefore(8) }],
  ['report-too-old', 'unknown', null, host, silent],
  ['report-not-trusted', 'at-risk', 'high', host, { identityConflict: true }],
  [
    'report-not-trusted',
    'at-risk',
    'high',
    host,
    records({ refusals: { value: [{ at: daysBefore(1), reason: 'seq went backwards' }] } }),
  ],
  ['report-not-trusted', 'safe', null, host, records({ refusals: { value: [{ at: daysBefore(30), reason: 'seq' }] } })],
  ['report-not-trusted', 'unknown', null, host],
  ['collector-not-elevated', 'at-risk', 'low', windowsFacts({ elevated: false })],
  ['collector-not-elevated', 'safe', null, host],
  ['collector-not-elevated', 'unknown', null, host, silent],
  ['collector-not-elevated', 'unknown', null, host, reported('2026-11-01T00:00:00Z')],
  ['host-known-to-one-side-only', 'at-risk', 'medium', host, { ...around({}), ...silent }],
  ['host-known-to-one-side-only', 'at-risk', 'medium', host, around({ proxy: null })],
  ['host-known-to-one-side-only', 'safe', null, host, around({})],
  ['host-known-to-one-side-only', 'unknown', null, host],
  ['host-known-to-one-side-only', 'unknown', null, windowsFacts({ roles: unknown }), around({ proxy: null })],
];

describeRules(['VBR', 'ESX', 'CHG', 'COL'], cases);
