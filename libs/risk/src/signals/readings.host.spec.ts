import type { HostFacts, UpdateAttempt, WindowsFacts } from '@lunwarden/contract';
import { daysBefore, linuxFacts, windowsFacts } from '@lunwarden/sample-fleet';
import type { Facts } from '../facts.js';
import { unknown } from '../testing/cases.js';
import { describeReadings, type ReadingCase, reportAt } from '../testing/readings.js';

const guards = ['sanPolicy', 'automount'] as const;
const linux = ['lvmGuarded', 'multipath', 'foreignVolumes'] as const;
const triggers = [
  'updatesPending',
  'osUpgradePending',
  'bootStoreUpdatePending',
  'pendingReboot',
  'failedUpdate',
  'autoInstall',
] as const;
const fourHoursAgo = '2026-11-20T02:00:00Z';
const aDayAgo = '2026-11-19T06:00:00Z';
const never: Partial<Facts> = { report: null };
const of = (
  name: WindowsFacts['sanPolicy'],
  automount: WindowsFacts['automount'],
  stale: WindowsFacts['staleMountPoints'],
) => windowsFacts({ sanPolicy: name, automount, staleMountPoints: stale });
const weak = of({ value: 'OnlineAll' }, { value: 'enabled' }, { value: 0 });
const reverse = windowsFacts({ sanPolicy: { value: 'OfflineInternal' } });
const blind = of(unknown, unknown, unknown);
const bare = linuxFacts({
  lvmGuard: { value: 'none' },
  multipath: { value: 'inactive' },
  foreignVolumeGroups: { value: ['vg_erp'] },
});
const lost = linuxFacts({ lvmGuard: unknown, multipath: unknown, foreignVolumeGroups: unknown });

describeReadings('guards', [
  ['a guarded Windows host', [...guards, ...linux], windowsFacts()],
  ['a Windows host with weak guards', guards, weak],
  ['a reversed SAN policy', guards, reverse],
  ['guards that nobody could read', guards, blind],
  ['remembered mount points', guards, of({ value: 'OfflineAll' }, { value: 'disabled' }, { value: 3 })],
  ['mount points that nobody could read', guards, of({ value: 'OfflineAll' }, { value: 'disabled' }, unknown)],
  ['old guards', guards, windowsFacts(), reportAt(windowsFacts(), fourHoursAgo)],
  [
    'old mount points',
    guards,
    windowsFacts(),
    reportAt(windowsFacts({ staleMountPoints: { value: 2 } }), fourHoursAgo),
  ],
  ['old weak guards', guards, weak, reportAt(weak, fourHoursAgo)],
  ['an old reversed SAN policy', guards, reverse, reportAt(reverse, fourHoursAgo)],
  ['weak guards in the report before', guards, blind, reportAt(blind, aDayAgo, weak)],
  ['good guards in the report before', guards, blind, reportAt(blind, '2026-11-20T06:00:00Z', windowsFacts())],
  ['a report before of another system', guards, blind, reportAt(blind, '2026-11-20T06:00:00Z', linuxFacts())],
  ['a Windows host that never reported', [...guards, 'role'], windowsFacts(), never],
  ['a guarded Linux host', [...guards, ...linux], linuxFacts()],
  ['a filter instead of a devices file', linux, linuxFacts({ lvmGuard: { value: 'filter' } })],
  ['a bare Linux host', linux, bare],
  ['a Linux host that nobody could read', linux, lost],
  ['an old bare Linux host', linux, bare, reportAt(bare, fourHoursAgo)],
  ['a bare Linux host in the report before', linux, lost, reportAt(lost, '2026-11-20T06:00:00Z', bare)],
  ['a Linux report before of another system', linux, lost, reportAt(lost, '2026-11-20T06:00:00Z', windowsFacts())],
  ['a Linux host that never reported', linux, linuxFacts(), { report: null, platform: 'linux' }],
  ['a backup server', ['role'], windowsFacts({ roles: { value: ['proxy', 'backup-server'] } })],
  ['a proxy', ['role'], windowsFacts()],
  ['a role that nobody could read', ['role'], windowsFacts({ roles: unknown })],
  ['a proxy of yesterday', ['role'], windowsFacts(), reportAt(windowsFacts(), aDayAgo)],
] satisfies ReadingCase[]);

const attempt = (id: string, days: number, change: Partial<UpdateAttempt> = {}): UpdateAttempt => ({
  id,
  title: id,
  at: daysBefore(days),
  result: 'failed',
  hresult: '0x800f0922',
  ...change,
});
const history = (...value: UpdateAttempt[]): HostFacts => windowsFacts({ updateHistory: { value } });
const policy = (noAutoUpdate: boolean | null, auOptions: number | null): HostFacts =>
  windowsFacts({
    updatePolicy: {
      value: {
        noAutoUpdate,
        auOptions,
        scheduledInstallDay: null,
        scheduledInstallHour: null,
        alwaysAutoReboot: null,
        usesWsus: true,
      },
    },
  });
const waiting = (id: string, ...categories: string[]): HostFacts =>
  windowsFacts({
    pendingUpdates: { value: [{ id, title: id, severity: 'low', categories, cves: [], needsReboot: false }] },
  });
const dark = windowsFacts({
  pendingUpdates: unknown,
  pendingReboot: unknown,
  updateHistory: unknown,
  updatePolicy: unknown,
});
describeReadings('triggers', [
  ['nothing ahead on Windows', triggers, windowsFacts()],
  ['nothing ahead on Linux', triggers, linuxFacts()],
  ['nothing known', triggers, dark],
  ['nothing known any more', triggers, windowsFacts(), reportAt(windowsFacts(), '2026-11-19T18:00:00Z')],
  ['an ordinary update', triggers, waiting('KB1', 'Security Updates')],
  ['an upgrade', triggers, waiting('KB1', 'Other', 'UPGRADES')],
  ['an update of the boot store', triggers, waiting('KB5034441')],
  ['a pending reboot', triggers, windowsFacts({ pendingReboot: { value: ['servicing'] } })],
  ['a failure with a trap code', ['failedUpdate'], history(attempt('KB1', 3))],
  ['the newest of two failures', ['failedUpdate'], history(attempt('KB1', 3), attempt('KB2', 2))],
  ['the first by name of two failures at once', ['failedUpdate'], history(attempt('KB2', 3), attempt('KB1', 3))],
  [
    'a failure with another code, and one without',
    ['failedUpdate'],
    history(attempt('KB1', 1, { hresult: '0x80070005' }), attempt('KB2', 1, { hresult: null })),
  ],
  [
    'an old failure behind another code',
    ['failedUpdate'],
    history(attempt('KB1', 1, { hresult: '0x80070005' }), attempt('KB2', 9)),
  ],
  [
    'a failure made good at the same instant',
    ['failedUpdate'],
    history(attempt('KB1', 3), attempt('KB1', 3, { result: 'succeeded' })),
  ],
  [
    'a failure made good with errors',
    ['failedUpdate'],
    history(attempt('KB1', 3), attempt('KB1', 2, { result: 'succeeded-with-errors' })),
  ],
  [
    'a failure after a success',
    ['failedUpdate'],
    history(attempt('KB1', 3), attempt('KB1', 4, { result: 'succeeded' })),
  ],
  [
    'a failure beside the success of another update',
    ['failedUpdate'],
    history(attempt('KB1', 3), attempt('KB2', 2, { result: 'succeeded' })),
  ],
  [
    'a failure made good within a day from now',
    ['failedUpdate'],
    history(attempt('KB1', 3), attempt('KB1', 0, { result: 'succeeded', at: '2026-11-21T06:10:00.000Z' })),
  ],
  [
    'a failure made good in a future beyond that',
    ['failedUpdate'],
    history(attempt('KB1', 3), attempt('KB1', 0, { result: 'succeeded', at: '2026-11-21T06:10:00.001Z' })),
  ],
  ['an attempt that was aborted', ['failedUpdate'], history(attempt('KB1', 3, { result: 'aborted' }))],
  ['installation on a schedule', ['autoInstall'], policy(false, 4)],
  ['download only', ['autoInstall'], policy(null, 3)],
  ['no policy at all', ['autoInstall'], policy(null, null)],
  ['a schedule that is switched off', ['autoInstall'], policy(true, 4)],
]);

const os = (version: string, productType: 'server' | 'workstation' = 'server'): HostFacts =>
  windowsFacts({ os: { value: { caption: 'Windows', version, ubr: 1, edition: 'x', productType } } });
const distribution = (id: string, versionId: string): HostFacts =>
  linuxFacts({ os: { value: { id, versionId, name: id, kernel: '6.1' } } });
const updated = (at: string | null): HostFacts => windowsFacts({ lastUpdateSuccessAt: { value: at } });
const support = ['osSupport'] as const;
const age = ['updateAge'] as const;
describeReadings('the age of a system', [
  ['a server', support, os('10.0.26100')],
  ['a workstation of the same version', support, os('10.0.26100', 'workstation')],
  ['a version that nobody knows', support, os('10.0.99999')],
  ['a system that nobody could read', support, windowsFacts({ os: unknown })],
  ['a system without fixes', support, os('6.1.7601')],
  ['a system whose support ends', support, os('10.0.14393')],
  ['a distribution by its major version', support, distribution('RHEL', '9.6')],
  ['a distribution by its whole version', support, distribution('ubuntu', '24.04')],
  ['a distribution that nobody knows', support, distribution('arch', '1')],
  ['a version of a distribution that nobody knows', support, distribution('ubuntu', '23')],
  ['a Linux that nobody could read', support, linuxFacts({ os: unknown })],
  [
    'a system that was good twelve hours ago',
    support,
    windowsFacts(),
    reportAt(windowsFacts(), '2026-11-19T18:10:00Z'),
  ],
  ['an update of today', age, updated(daysBefore(0))],
  ['an update of five weeks ago', age, updated('2026-10-16T06:10:00.000Z')],
  ['an update of five weeks and a moment ago', age, updated('2026-10-16T06:09:59.999Z')],
  ['an update of tomorrow', age, updated('2026-11-21T06:10:00.000Z')],
  ['an update of later than tomorrow', age, updated('2026-11-21T06:10:00.001Z')],
  ['no update ever', age, updated(null)],
  ['a history that nobody could read', age, windowsFacts({ lastUpdateSuccessAt: unknown })],
  [
    'a history of long ago in the report before',
    age,
    windowsFacts({ lastUpdateSuccessAt: unknown }),
    reportAt(windowsFacts({ lastUpdateSuccessAt: unknown }), '2026-11-20T06:00:00Z', updated(daysBefore(100))),
  ],
]);
