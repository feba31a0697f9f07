import type { LinuxDisk, PendingUpdate, WindowsDisk, WindowsFacts } from '@lunwarden/contract';
import {
  daysBefore,
  hostOf,
  linuxBootDisk,
  linuxFacts,
  linuxVmfsDisk,
  mapOf,
  storyNaa,
  storyNow,
  vmfsDisk,
  windowsBootDisk,
  windowsFacts,
} from '@lunwarden/sample-fleet';
import { describe, expect, it } from 'vitest';
import { assess } from './assess.js';
import type { Facts } from './facts.js';
import { policyWith } from './overrides.js';
import { seenLuns } from './seen-luns.js';
import { summarize } from './summarize.js';
import { findingOf, previous, unknown, withLun } from './testing/cases.js';
import { around, server } from './testing/products.js';
import { reportAt } from './testing/readings.js';
import { titled } from './titled.js';

describe('a row that is made after its verdict', () => {
  const open = { isOffline: { value: false }, isReadOnly: { value: false } } as const;
  const host = hostOf(withLun(open));
  const verdict = titled(assess(host, storyNow));
  const site = policyWith({ 'freshness.hostStateMs': 5 * 60_000 });
  if ('problems' in site) throw new Error('the overrides are not in their bounds');

  it('is of its own moment, whatever was judged last', () => {
    assess(host, '2026-11-21T06:10:00.000Z');
    expect(summarize(host, verdict)).toMatchObject({ state: 'reporting', writableLuns: 1 });
  });

  it('is of its own host, whatever was judged last', () => {
    assess(hostOf(windowsFacts()), storyNow);
    expect(summarize(host, verdict)).toMatchObject({ writableLuns: 1 });
  });

  it('is of its own policy, whatever was judged last', () => {
    assess(host, storyNow, site.policy);
    expect(summarize(host, verdict).state).toBe('reporting');
    assess(host, storyNow);
    expect(summarize(host, verdict, site.policy).state).toBe('stale');
  });
});

describe('a disk of Linux', () => {
  const fresh = '2026-11-20T05:50:00Z';
  const host = (...disks: LinuxDisk[]): Facts => ({
    ...hostOf(linuxFacts({ disks: { value: disks } })),
    map: mapOf([], fresh),
  });
  const lun = (of: number, change: Partial<LinuxDisk> = {}) => linuxVmfsDisk(of, storyNaa(of), change);
  const typed = (partType: string | null) =>
    lun(1, { fsType: null, partitions: { value: [{ name: 'a', partType, fsType: null, mountPoints: [] }] } });

  it('that the machine starts from is its own, on whatever bus', () => {
    expect(seenLuns(host(linuxBootDisk({ transport: 'fc' })))?.[0]?.isVmfs).toBe('no');
    const data = linuxBootDisk({ transport: 'fc', partitions: { value: [] } });
    expect(seenLuns(host(data))?.[0]?.isVmfs).toBe('unknown');
  });

  it.each([
    ['0xfb', 'yes'],
    ['0xFB', 'yes'],
    ['fb', 'no'],
    ['0x83', 'no'],
    [null, 'unknown'],
  ])('with a partition of type %s: VMFS is %s', (type, isVmfs) => {
    expect(seenLuns(host(typed(type)))?.[0]?.isVmfs).toBe(isVmfs);
  });

  it('is not another one with which it shares a name, where both have another of their own', () => {
    const named = (name: string, ...ids: string[]) => lun(1, { name, ids });
    const [a, b] = [`wwn-0x${storyNaa(1)}`, `wwn-0x${storyNaa(2)}`];
    const eui = 'nvme-eui.0025385b71b0a1f4';
    const other = 'nvme-eui.0025385b71b0a1f5';
    const devices = (...disks: LinuxDisk[]) => seenLuns(host(...disks))?.map(({ device }) => device);
    expect(devices(named('sda', a, eui), named('sdb', b, eui))).toEqual(['sda', 'sdb']);
    expect(devices(named('sda', a, eui), named('sdb', a, other))).toEqual(['sda', 'sdb']);
    expect(devices(named('sda', a, eui), named('sdb', eui))).toEqual(['sda, sdb']);
    expect(devices(named('sda', a), named('sdb', a, eui), named('sdc', eui))).toEqual(['sda, sdb, sdc']);
  });

  it('is remembered by its own name, and only where it could not be read', () => {
    const before = host(lun(1, { readOnly: { value: false } }), lun(2));
    const now = host(lun(1, { readOnly: unknown }), lun(2, { readOnly: unknown }));
    const report = now.report && before.report && { ...now.report, remembered: before.report.facts };
    expect(seenLuns({ ...now, report })?.map(({ state }) => state)).toEqual(['online-writable', 'unknown']);
  });
});

describe('an update whose CVEs nobody names', () => {
  const update = (change: Partial<PendingUpdate>): PendingUpdate => ({
    id: 'KB1',
    title: 'x',
    severity: 'low',
    categories: ['Security Updates'],
    cves: [],
    needsReboot: false,
    ...change,
  });
  const feeds = (cvesOfUpdates: Record<string, string[]>) => {
    const told = around({}).feeds;
    return { feeds: told && { ...told, cves: { value: { asOf: '2026-11-19', byId: {} } }, cvesOfUpdates } };
  };
  const verdict = (one: PendingUpdate, named: Record<string, string[]> = {}) =>
    findingOf('exploited-vulnerability-unpatched', windowsFacts({ pendingUpdates: { value: [one] } }), feeds(named))
      ?.verdict;

  it('may fix what attackers use, unless somebody names them or it is no security update', () => {
    expect(verdict(update({}))).toBe('unknown');
    expect(verdict(update({}), { KB1: ['CVE-1'] })).toBe('safe');
    expect(verdict(update({ cves: ['CVE-1'] }))).toBe('safe');
    expect(verdict(update({ categories: ['Drivers'], severity: 'unspecified' }))).toBe('safe');
  });
});

describe('the support of a system', () => {
  const server2016 = { caption: 'x', version: '10.0.14393', ubr: 1, edition: 'x', productType: 'server' } as const;
  const support = (now: string) => {
    const facts = windowsFacts({ os: { value: server2016 }, lastUpdateSuccessAt: { value: daysBefore(1, now) } });
    const host = { ...hostOf(facts), ...reportAt(facts, now) };
    return assess(host, now).drivers.find(({ factor }) => factor === 'os-support')?.value;
  };

  it('is warned of from as many days before its end as the policy says', () => {
    // It ends with 2027-01-12: at midnight of the next day 53 days of it are left.
    const warned = policyWith({ 'osSupport.endingDays': 53 });
    if ('problems' in warned) throw new Error('the overrides are not in their bounds');
    const facts = windowsFacts({ os: { value: server2016 }, lastUpdateSuccessAt: { value: daysBefore(1) } });
    expect(assess(hostOf(facts), storyNow, warned.policy).validity.calendarUntil).toBe('2026-11-21T00:00:00.000Z');
  });

  it('lasts through its last day, and not a moment longer', () => {
    expect(support('2027-01-12T23:59:59.999Z')).toBe('Support of the operating system ends on 2027-01-12');
    expect(support('2027-01-13T00:00:00.000Z')).toBe('Support of the operating system ended on 2027-01-12');
  });
});

describe('a LUN by two paths', () => {
  const paths = (...busTypes: number[]) => {
    const disks = busTypes.map((busType, at) =>
      vmfsDisk(at + 1, storyNaa(99), { busType, partitions: { value: [] }, partitionStyle: 'RAW' }),
    );
    const host = hostOf(windowsFacts({ disks: { value: [windowsBootDisk(), ...disks] } }));
    return seenLuns(host)?.find(({ device }) => device.startsWith('Disk 1'))?.isVmfs;
  };

  it('may be shared if any of them may, and is local only if all are', () => {
    expect([paths(11, 6), paths(6, 11), paths(6, 6)]).toEqual(['unknown', 'unknown', 'unknown']);
    expect(paths(11, 11)).toBe('no');
  });
});

describe('a vulnerability that no build mends', () => {
  it('is open, and as grave as one whose gravity nobody told', () => {
    const { product, feeds } = around({ server: server('12.3.2.1') });
    const hopeless = [{ cve: 'CVE-2025-9', branch: '12' }];
    const table = { value: { asOf: '2026-11-19', fixes: [], clean: [], hopeless } };
    const more = { ...(product && { product }), ...(feeds && { feeds: { ...feeds, productBuilds: table } }) };
    const { verdict, severity, evidence } = findingOf('backup-server-below-fixed-build', windowsFacts(), more) ?? {};
    expect([verdict, severity, evidence?.[0]?.text]).toEqual(['at-risk', 'high', 'Build 12.3.2.1: CVE-2025-9']);
  });
});

describe('a partition table that changed', () => {
  const changed = (before: Partial<WindowsDisk>, now: Partial<WindowsDisk>) =>
    findingOf('vmfs-lun-table-changed', withLun(now), previous(withLun(before)))?.evidence[0]?.text;

  it('is told by what it was and what it is, or by its new identifier', () => {
    expect(changed({ partitionStyle: 'GPT' }, { partitionStyle: 'MBR' })).toBe('Disk 1: GPT to MBR');
    expect(changed({ signature: 'a' }, { signature: 'b' })).toBe('Disk 1: new identifier');
    expect(changed({ partitionStyle: 'unknown', signature: 'a' }, { partitionStyle: 'MBR', signature: 'b' })).toBe(
      'Disk 1: unknown to MBR',
    );
    expect(changed({}, {})).toBe('Every table is as it was');
  });
});

describe('a host of which nobody knows whether it sees LUNs', () => {
  it('is safe by a guard that is set, and never at risk by one that is not', () => {
    const verdict = (change: Partial<WindowsFacts>) =>
      findingOf('san-policy-online-all', windowsFacts({ disks: unknown, ...change }))?.verdict;
    expect(verdict({})).toBe('safe');
    expect(verdict({ sanPolicy: { value: 'OnlineAll' } })).toBe('unknown');
  });
});

describe('a backup from storage snapshots beside production LUNs', () => {
  const kind = (directKind: 'san' | 'snapshot' | 'unknown' | undefined) =>
    findingOf('snapshot-mode-beside-production-luns', {
      ...withLun({}),
      transport: { value: { configured: 'direct-san', source: 'product', ...(directKind && { directKind }) } },
    })?.verdict;

  it('is told only where somebody says how Direct SAN reads', () => {
    expect([kind(undefined), kind('unknown'), kind('san'), kind('snapshot')]).toEqual([
      'unknown',
      'unknown',
      'safe',
      'at-risk',
    ]);
  });
});
