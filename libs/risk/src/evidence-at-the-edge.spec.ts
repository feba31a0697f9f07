import type { LinuxDisk, PendingUpdate } from '@lunwarden/contract';
import {
  daysBefore,
  hostOf,
  linuxBootDisk,
  linuxFacts,
  linuxVmfsDisk,
  mapOf,
  storyNaa,
  storyNow,
  windowsFacts,
} from '@lunwarden/sample-fleet';
import { describe, expect, it } from 'vitest';
import { assess } from './assess.js';
import type { Facts } from './facts.js';
import { policyWith } from './overrides.js';
import { seenLuns } from './seen-luns.js';
import { summarize } from './summarize.js';
import { findingOf, unknown, withLun } from './testing/cases.js';
import { around } from './testing/products.js';
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

  it('lasts through its last day, and not a moment longer', () => {
    expect(support('2027-01-12T23:59:59.999Z')).toBe('Support of the operating system ends on 2027-01-12');
    expect(support('2027-01-13T00:00:00.000Z')).toBe('Support of the operating system ended on 2027-01-12');
  });
});
