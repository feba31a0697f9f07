import type { PendingUpdate, WindowsFacts } from '@lunwarden/contract';
import { daysBefore, linuxFacts, linuxVmfsDisk, storyFacts, windowsFacts } from '@lunwarden/sample-fleet';
import type { FeedView } from './facts/feed-view.js';
import type { Facts } from './facts.js';
import { beside, type Case, describeRules, direct, hotAdd, linuxBeside, unknown } from './testing/cases.js';

const update = (change: Partial<PendingUpdate> = {}): PendingUpdate => ({
  id: 'KB1',
  title: 't',
  severity: 'critical',
  categories: [],
  cves: [],
  needsReboot: true,
  ...change,
});
const pending = (...updates: Partial<PendingUpdate>[]): WindowsFacts['pendingUpdates'] => ({
  value: updates.map(update),
});
const withPending = (...updates: Partial<PendingUpdate>[]) => windowsFacts({ pendingUpdates: pending(...updates) });
const policy = (change: object): WindowsFacts['updatePolicy'] => ({
  value: {
    noAutoUpdate: false,
    auOptions: 3,
    scheduledInstallDay: null,
    scheduledInstallHour: null,
    alwaysAutoReboot: null,
    usesWsus: true,
    ...change,
  },
});
const space = (system: number | null, recovery: number | null, winReEnabled: boolean | null = true) =>
  windowsFacts({
    bootSpace: { value: { systemPartitionFreeMb: system, recoveryPartitionFreeMb: recovery, winReEnabled } },
  });
const os = (version: string): WindowsFacts['os'] => ({
  value: { caption: 'Windows', version, ubr: 1, edition: 'x', productType: 'server' },
});
const feeds = (change: Partial<FeedView> = {}): Partial<Facts> => ({
  feeds: {
    cves: { value: { asOf: '2026-11-19', byId: { 'CVE-2026-1111': { exploited: 'listed' } } } },
    epss: unknown,
    catalogue: unknown,
    cvesOfUpdates: { KB7: ['CVE-2026-1111'] },
    extendedSupportEnd: { value: null },
    productBuilds: unknown,
    esxiBuilds: unknown,
    esxiSupportEnds: unknown,
    ...change,
  },
});
const old = feeds({ cves: { value: { asOf: '2025-01-01', byId: {} } } });
const last = (days: number) => windowsFacts({ lastUpdateSuccessAt: { value: daysBefore(days) } });
const upgrade = { categories: ['Upgrades'] };
const guestLinux = linuxFacts({ transport: hotAdd, lvmGuard: { value: 'none' } });

const cases: Case[] = [
  ['updates-missing', 'at-risk', 'high', withPending({})],
  ['updates-missing', 'at-risk', 'low', withPending({ severity: 'low' })],
  ['updates-missing', 'safe', null, windowsFacts()],
  ['updates-missing', 'unknown', null, windowsFacts({ pendingUpdates: unknown })],
  ['exploited-vulnerability-unpatched', 'at-risk', 'high', withPending({ cves: ['CVE-2017-0144'] })],
  ['exploited-vulnerability-unpatched', 'at-risk', 'high', withPending({ cves: ['CVE-2026-1111'] }), feeds()],
  ['exploited-vulnerability-unpatched', 'at-risk', 'high', withPending({ id: 'KB7' }), feeds()],
  [
    'exploited-vulnerability-unpatched',
    'at-risk',
    'critical',
    { ...withPending({ cves: ['CVE-2017-0144'] }), roles: { value: ['backup-server'] } },
  ],
  ['exploited-vulnerability-unpatched', 'safe', null, windowsFacts()],
  ['exploited-vulnerability-unpatched', 'safe', null, withPending({ cves: ['CVE-2026-2222'] }), feeds()],
  ['exploited-vulnerability-unpatched', 'unknown', null, withPending({ id: 'KB8', severity: 'important' }), feeds()],
  [
    'exploited-vulnerability-unpatched',
    'unknown',
    null,
    withPending({ id: 'KB8', severity: 'unspecified', categories: ['Security Updates'] }),
    feeds(),
  ],
  [
    'exploited-vulnerability-unpatched',
    'safe',
    null,
    withPending({ id: 'KB8', severity: 'low', categories: ['Definition Updates'] }),
    feeds(),
  ],
  ['exploited-vulnerability-unpatched', 'unknown', null, withPending({ cves: ['CVE-2026-2222'] })],
  ['exploited-vulnerability-unpatched', 'unknown', null, withPending({ cves: ['CVE-2026-2222'] }), old],
  ['exploited-vulnerability-unpatched', 'unknown', null, windowsFacts({ pendingUpdates: unknown }), feeds()],
  ['updates-overdue', 'at-risk', 'low', last(40)],
  ['updates-overdue', 'at-risk', 'medium', last(70)],
  ['updates-overdue', 'at-risk', 'high', last(130)],
  ['updates-overdue', 'at-risk', 'critical', last(400)],
  ['updates-overdue', 'at-risk', 'critical', windowsFacts({ lastUpdateSuccessAt: { value: null } })],
  ['updates-overdue', 'safe', null, last(30)],
  ['updates-overdue', 'unknown', null, windowsFacts({ lastUpdateSuccessAt: unknown })],
  ['update-failed-with-trap-code', 'at-risk', 'high', storyFacts('service-pack-failed')],
  ['update-failed-with-trap-code', 'safe', null, storyFacts('targeted-fix')],
  ['update-failed-with-trap-code', 'unknown', null, windowsFacts({ updateHistory: unknown })],
  ['update-failed-with-trap-code', 'not-applicable', null, linuxBeside()],
  ['trap-update-pending', 'at-risk', 'low', withPending({ id: 'KB5034439' })],
  ['trap-update-pending', 'at-risk', 'high', beside({ pendingUpdates: pending({ id: 'KB5034439' }) })],
  ['trap-update-pending', 'safe', null, withPending({})],
  ['trap-update-pending', 'unknown', null, windowsFacts({ pendingUpdates: unknown })],
  ['boot-partition-too-small', 'at-risk', 'medium', space(19, 310)],
  ['boot-partition-too-small', 'at-risk', 'medium', space(70, 249)],
  ['boot-partition-too-small', 'safe', null, space(20, 250)],
  ['boot-partition-too-small', 'safe', null, space(70, 10, false)],
  ['boot-partition-too-small', 'unknown', null, space(70, null)],
  ['boot-partition-too-small', 'unknown', null, space(null, 310)],
  ['boot-partition-too-small', 'unknown', null, windowsFacts({ bootSpace: unknown })],
  ['boot-partition-too-small', 'not-applicable', null, linuxFacts()],
  ['os-upgrade-pending', 'at-risk', 'low', withPending(upgrade)],
  ['os-upgrade-pending', 'at-risk', 'high', beside({ pendingUpdates: pending(upgrade) })],
  ['os-upgrade-pending', 'safe', null, withPending({})],
  ['os-upgrade-pending', 'unknown', null, windowsFacts({ pendingUpdates: unknown })],
  ['reboot-pending', 'at-risk', 'medium', beside({ pendingReboot: { value: ['CBS RebootPending'] } })],
  ['reboot-pending', 'at-risk', 'low', windowsFacts({ pendingReboot: { value: ['CBS RebootPending'] } })],
  ['reboot-pending', 'safe', null, windowsFacts()],
  ['reboot-pending', 'unknown', null, windowsFacts({ pendingReboot: unknown })],
  ['updates-install-by-themselves', 'at-risk', 'medium', beside({ updatePolicy: policy({ auOptions: 4 }) })],
  ['updates-install-by-themselves', 'at-risk', 'medium', beside({ updatePolicy: policy({ auOptions: null }) })],
  [
    'updates-install-by-themselves',
    'safe',
    null,
    beside({ updatePolicy: policy({ noAutoUpdate: true, auOptions: 4 }) }),
  ],
  ['updates-install-by-themselves', 'unknown', null, beside({ updatePolicy: unknown })],
  ['updates-install-by-themselves', 'not-applicable', null, windowsFacts({ updatePolicy: policy({ auOptions: 4 }) })],
  ['restart-is-forced', 'at-risk', 'medium', beside({ updatePolicy: policy({ alwaysAutoReboot: true }) })],
  ['restart-is-forced', 'safe', null, beside({ updatePolicy: policy({}) })],
  ['restart-is-forced', 'unknown', null, beside({ updatePolicy: unknown })],
  ['os-support-ended', 'at-risk', 'high', windowsFacts({ os: os('6.3.9600') })],
  [
    'os-support-ended',
    'at-risk',
    'medium',
    windowsFacts({ os: os('6.3.9600') }),
    feeds({ extendedSupportEnd: { value: '2027-01-01' } }),
  ],
  [
    'os-support-ended',
    'at-risk',
    'high',
    windowsFacts({ os: os('6.3.9600') }),
    feeds({ extendedSupportEnd: { value: '2026-10-13' } }),
  ],
  ['os-support-ended', 'at-risk', 'low', windowsFacts({ os: os('10.0.14393') })],
  ['os-support-ended', 'safe', null, windowsFacts()],
  ['os-support-ended', 'unknown', null, windowsFacts({ os: os('10.0.99999') })],
  ['os-below-service-pack', 'at-risk', 'high', windowsFacts({ os: os('6.1.7600') })],
  ['os-below-service-pack', 'safe', null, windowsFacts({ os: os('6.1.7601') })],
  ['os-below-service-pack', 'unknown', null, windowsFacts({ os: os('10.0.99999') })],
  ['os-below-service-pack', 'not-applicable', null, linuxFacts()],
  ['vmfs-lun-writable-on-linux', 'at-risk', 'low', linuxBeside({ readOnly: { value: false } })],
  ['vmfs-lun-writable-on-linux', 'safe', null, linuxBeside()],
  ['vmfs-lun-writable-on-linux', 'unknown', null, linuxBeside({ readOnly: unknown })],
  ['vmfs-lun-writable-on-linux', 'not-applicable', null, beside()],
  ['vmfs-lun-writable-on-linux', 'not-applicable', null, linuxFacts()],
  ['lvm-sees-guest-volumes', 'at-risk', 'high', guestLinux],
  [
    'lvm-sees-guest-volumes',
    'at-risk',
    'medium',
    linuxFacts({ transport: direct, lvmGuard: { value: 'none' }, disks: { value: [linuxVmfsDisk(1)] } }),
  ],
  ['lvm-sees-guest-volumes', 'safe', null, linuxFacts()],
  ['lvm-sees-guest-volumes', 'unknown', null, linuxFacts({ lvmGuard: unknown })],
  ['lvm-sees-guest-volumes', 'not-applicable', null, windowsFacts()],
  ['guest-volume-group-visible', 'at-risk', 'high', linuxFacts({ foreignVolumeGroups: { value: ['vg_erp'] } })],
  ['guest-volume-group-visible', 'safe', null, linuxFacts()],
  ['guest-volume-group-visible', 'unknown', null, linuxFacts({ foreignVolumeGroups: unknown })],
  ['guest-file-system-mounted', 'at-risk', 'high', linuxFacts({ guestMounts: { value: ['/media/erp'] } })],
  ['guest-file-system-mounted', 'safe', null, linuxFacts({ guestMounts: { value: [] } })],
  ['guest-file-system-mounted', 'unknown', null, linuxFacts()],
  ['guest-file-system-mounted', 'not-applicable', null, windowsFacts()],
];

describeRules(['PAT', 'LNX'], cases);
