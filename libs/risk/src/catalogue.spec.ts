import type { HostFacts, Verdict, WindowsDisk, WindowsFacts } from '@lunwarden/contract';
import {
  daysBefore,
  hostOf,
  linuxFacts,
  linuxVmfsDisk,
  type StoryHost,
  storyFacts,
  storyNow,
  vmfsDisk,
  windowsBootDisk,
  windowsFacts,
} from '@lunwarden/sample-fleet';
import { describe, expect, it } from 'vitest';
import { assess } from './assess.js';
import { rules } from './catalogue.js';

const direct = { value: { configured: 'direct-san', directKind: 'san', source: 'product' } } as const;
const unknown = { unknown: 'denied' } as const;
const beside = (overrides: Partial<WindowsFacts> = {}): HostFacts =>
  windowsFacts({ transport: direct, disks: { value: [windowsBootDisk(), vmfsDisk(1)] }, ...overrides });
const withLun = (change: Parameters<typeof vmfsDisk>[2]): HostFacts =>
  beside({ disks: { value: [windowsBootDisk(), vmfsDisk(1, undefined, change)] } });
const offline = { isOffline: { value: false } } as const;
const writable = { isReadOnly: { value: false } } as const;
const stranger: Partial<WindowsDisk> = {
  uniqueId: '600601604F1234005DEADBEEF0000001',
  partitionStyle: 'RAW',
  partitions: { value: [] },
};
const pending = (severity: 'critical' | 'low'): WindowsFacts['pendingUpdates'] => ({
  value: [{ id: 'KB1', title: 't', severity, categories: [], cves: [], needsReboot: true }],
});
const noLuns = windowsFacts();
const linux = linuxFacts({ transport: direct, disks: { value: [linuxVmfsDisk(1)] } });
const seen = (lastSeenAt: string): Partial<StoryHost> => ({ lastSeenAt });

type Case = [rule: string, verdict: Verdict, severity: string | null, facts: HostFacts, host?: Partial<StoryHost>];
const cases: Case[] = [
  ['san-policy-online-all', 'at-risk', 'high', beside({ sanPolicy: { value: 'OnlineAll' } })],
  [
    'san-policy-online-all',
    'at-risk',
    'critical',
    { ...withLun({ ...offline, ...writable }), sanPolicy: { value: 'OnlineAll' } } as HostFacts,
  ],
  ['san-policy-online-all', 'safe', null, beside()],
  ['san-policy-online-all', 'unknown', null, beside({ sanPolicy: unknown })],
  ['san-policy-online-all', 'unknown', null, beside({ sanPolicy: { value: 'OnlineAll' }, disks: unknown })],
  ['san-policy-online-all', 'not-applicable', null, noLuns],
  ['san-policy-online-all', 'not-applicable', null, linux],
  ['san-policy-offline-internal', 'at-risk', 'high', beside({ sanPolicy: { value: 'OfflineInternal' } })],
  ['san-policy-offline-internal', 'safe', null, beside({ sanPolicy: { value: 'OnlineAll' } })],
  ['san-policy-offline-internal', 'unknown', null, beside({ sanPolicy: unknown })],
  ['san-policy-unknown', 'at-risk', 'medium', beside({ sanPolicy: unknown })],
  ['san-policy-unknown', 'safe', null, beside()],
  ['san-policy-unknown', 'unknown', null, beside({ sanPolicy: unknown, disks: unknown })],
  ['automount-enabled', 'at-risk', 'medium', beside({ automount: { value: 'enabled' } })],
  [
    'automount-enabled',
    'at-risk',
    'high',
    beside({ automount: { value: 'enabled' }, sanPolicy: { value: 'OnlineAll' } }),
  ],
  ['automount-enabled', 'at-risk', 'critical', storyFacts('popular-fix')],
  ['automount-enabled', 'safe', null, beside()],
  ['automount-enabled', 'unknown', null, beside({ automount: unknown })],
  ['vmfs-lun-online-writable', 'at-risk', 'critical', withLun({ ...offline, ...writable })],
  ['vmfs-lun-online-writable', 'safe', null, withLun({})],
  ['vmfs-lun-online-writable', 'unknown', null, withLun({ ...offline, isReadOnly: unknown })],
  ['vmfs-lun-online-writable', 'unknown', null, withLun({ ...stranger, ...offline, ...writable })],
  ['vmfs-lun-online-read-only', 'at-risk', 'high', withLun(offline)],
  ['vmfs-lun-online-read-only', 'safe', null, withLun({})],
  ['vmfs-lun-online-read-only', 'unknown', null, withLun({ isOffline: unknown })],
  ['vmfs-lun-offline-writable', 'at-risk', 'medium', withLun(writable)],
  ['vmfs-lun-offline-writable', 'safe', null, withLun({})],
  ['vmfs-lun-offline-writable', 'unknown', null, withLun({ isReadOnly: unknown })],
  ['vmfs-lun-mounted', 'safe', null, withLun({})],
  ['vmfs-lun-mounted', 'unknown', null, withLun({ partitions: unknown })],
  [
    'vmfs-lun-mounted',
    'at-risk',
    'critical',
    withLun({
      partitions: { value: [{ number: 1, gptType: null, mbrType: 0xfb, sizeBytes: '1', accessPaths: ['E:\\'] }] },
    }),
  ],
  [
    'luns-visible-without-need',
    'at-risk',
    'high',
    beside({ transport: { value: { configured: 'network', source: 'operator' } } }),
  ],
  ['luns-visible-without-need', 'safe', null, beside()],
  ['luns-visible-without-need', 'unknown', null, beside({ transport: unknown })],
  ['luns-visible-without-need', 'not-applicable', null, noLuns],
  ['lun-without-owner', 'at-risk', 'medium', withLun(stranger)],
  ['lun-without-owner', 'safe', null, beside()],
  ['lun-without-owner', 'unknown', null, beside({ disks: unknown })],
  ['lun-without-owner', 'unknown', null, withLun(stranger), { map: { vcenters: [], datastores: [] } }],
  ['updates-missing', 'at-risk', 'high', windowsFacts({ pendingUpdates: pending('critical') })],
  ['updates-missing', 'at-risk', 'low', windowsFacts({ pendingUpdates: pending('low') })],
  ['updates-missing', 'safe', null, noLuns],
  ['updates-missing', 'unknown', null, windowsFacts({ pendingUpdates: unknown })],
  ['update-failed-with-trap-code', 'at-risk', 'high', storyFacts('service-pack-failed')],
  ['update-failed-with-trap-code', 'safe', null, storyFacts('targeted-fix')],
  ['update-failed-with-trap-code', 'unknown', null, windowsFacts({ updateHistory: unknown })],
  ['update-failed-with-trap-code', 'not-applicable', null, linux],
  ['reboot-pending', 'at-risk', 'medium', beside({ pendingReboot: { value: ['CBS RebootPending'] } })],
  ['reboot-pending', 'at-risk', 'low', windowsFacts({ pendingReboot: { value: ['CBS RebootPending'] } })],
  ['reboot-pending', 'safe', null, noLuns],
  ['reboot-pending', 'unknown', null, windowsFacts({ pendingReboot: unknown })],
  ['report-too-old', 'safe', null, noLuns],
  ['report-too-old', 'at-risk', 'low', noLuns, seen(daysBefore(2))],
  ['report-too-old', 'at-risk', 'medium', noLuns, seen(daysBefore(8))],
  ['report-too-old', 'unknown', null, noLuns, { report: null, lastSeenAt: null }],
];

const findingOf = (rule: string, facts: HostFacts, host: Partial<StoryHost> = {}) =>
  assess(hostOf(facts, host), storyNow).findings.find((finding) => finding.rule === rule);

describe('the catalogue', () => {
  it.each(cases)('%s: %s (%s)', (rule, verdict, severity, facts, host) => {
    const finding = findingOf(rule, facts, host);
    expect(finding?.verdict).toBe(verdict);
    if (severity !== null) expect(finding?.severity).toBe(severity);
    if (verdict === 'at-risk') expect(finding?.evidence.length).toBeGreaterThan(0);
  });

  it('shows at least one case of risk and one that is safe for every rule', () => {
    for (const { id } of rules)
      for (const verdict of ['at-risk', 'safe']) expect(cases).toContainEqual(expect.arrayContaining([id, verdict]));
  });

  it.each(rules.map((rule) => [rule.id, rule] as const))('%s never reads silence as safety', (_id, rule) => {
    const silent = windowsFacts();
    const blind = Object.fromEntries(
      Object.entries(silent).map(([name, fact]) => [name, typeof fact === 'object' ? unknown : fact]),
    ) as HostFacts;
    const host = rule.id === 'report-too-old' ? { report: null, lastSeenAt: null } : {};
    expect(findingOf(rule.id, blind, host)?.verdict).toBe('unknown');
  });

  it('names the datastore and the disk that it speaks of', () => {
    const [evidence] = findingOf('vmfs-lun-online-writable', storyFacts('popular-fix'))!.evidence;
    expect(evidence?.text).toBe('prod-vmfs-01 (Disk 1): online and writable');
  });

  it('has one code, one name and ordered steps for every rule', () => {
    expect(new Set(rules.map(({ code }) => code)).size).toBe(rules.length);
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
    for (const rule of rules) {
      expect(rule.code).toMatch(/^(WIN|LUN|PAT|COL)-\d{3}$/);
      expect(rule.remedy.length).toBeGreaterThan(0);
      expect(rule.title).not.toBe(rule.safeTitle);
    }
  });
});
