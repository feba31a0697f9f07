import type { HostFacts, Level, LinuxFacts, WindowsFacts } from '@lunwarden/contract';
import {
  hostOf,
  linuxFacts,
  linuxVmfsDisk,
  storyFacts,
  storyNow,
  vmfsDisk,
  windowsBootDisk,
  windowsFacts,
} from '@lunwarden/sample-fleet';
import { describe, expect, it } from 'vitest';
import { assess } from './assess.js';
import type { Facts } from './facts.js';

const isGreen = (level: Level): boolean => level === 'low' || level === 'minimal';
const judge = (host: Facts) => assess(host, storyNow);

const hardened = windowsFacts({
  transport: { value: { configured: 'direct-san', directKind: 'san', source: 'product' } },
  disks: { value: [windowsBootDisk(), vmfsDisk(1), vmfsDisk(2), vmfsDisk(3)] },
});
const guardedLinux = linuxFacts({
  transport: { value: { configured: 'direct-san', directKind: 'san', source: 'product' } },
  disks: { value: [linuxVmfsDisk(1), linuxVmfsDisk(2)] },
});
const samples: Record<string, HostFacts> = {
  'the story before': storyFacts('service-pack-failed'),
  'the story after the popular fix': storyFacts('popular-fix'),
  'the story after the targeted fix': storyFacts('targeted-fix'),
  'a hardened Direct SAN proxy': hardened,
  'a Network proxy': windowsFacts(),
  'a hot-add proxy': windowsFacts({
    machine: { value: { isVirtual: true, vendor: 'VMware', model: 'VMware7,1', biosUuid: null } },
    transport: { value: { configured: 'virtual-appliance', source: 'product' } },
  }),
  'a guarded Linux proxy': guardedLinux,
  'a Linux proxy without LUNs': linuxFacts(),
};

const unknown = { unknown: 'denied' } as const;
const factNames = (facts: HostFacts): string[] =>
  Object.entries(facts).flatMap(([name, fact]) => (typeof fact === 'object' && fact !== null ? [name] : []));
const without = (facts: HostFacts, name: string): HostFacts => ({ ...facts, [name]: unknown });

/** What a host can lose besides one fact of its report. */
const losses: Record<string, (host: Facts) => Facts> = {
  'every report': (host) => ({ ...host, report: null, lastSeenAt: null }),
  'the proof of its age': (host) => ({ ...host, report: host.report && { ...host.report, observedAt: null } }),
  'its only identity': (host) => ({ ...host, identityConflict: true }),
  'freshness of everything': (host) => ({
    ...host,
    report: host.report && { ...host.report, observedAt: '2026-11-18T00:00:00Z' },
  }),
  'freshness of its guards': (host) => ({
    ...host,
    report: host.report && { ...host.report, observedAt: '2026-11-20T03:00:00Z' },
  }),
  'the known build of its system': (host) =>
    host.report?.facts.platform === 'windows' && 'value' in host.report.facts.os
      ? hostOf({ ...host.report.facts, os: { value: { ...host.report.facts.os.value, version: '10.0.99999' } } })
      : hostOf({ ...(host.report?.facts as LinuxFacts), os: unknown }),
};
const lunLosses: Record<string, (host: Facts) => Facts> = {
  'the LUN map': (host) => ({ ...host, map: { vcenters: [], datastores: [] } }),
  'a map that was ever complete': (host) => ({
    ...host,
    map: { vcenters: host.map.vcenters.map((one) => ({ ...one, collectedAt: null })), datastores: [] },
  }),
  'freshness of the map': (host) => ({
    ...host,
    map: { ...host.map, vcenters: host.map.vcenters.map((one) => ({ ...one, collectedAt: '2026-11-20T04:00:00Z' })) },
  }),
  'part of the map': (host) => ({
    ...host,
    map: {
      ...host.map,
      vcenters: host.map.vcenters.map((one) => ({
        ...one,
        gaps: [{ object: 'vm-7', path: 'name', reason: 'NoPermission' }],
      })),
    },
  }),
  'the state of one LUN': (host) => eachLun(host, { isOffline: unknown, readOnly: unknown }),
  'the read-only flag of one LUN': (host) => eachLun(host, { isReadOnly: unknown, readOnly: unknown }),
  'the partition table of one LUN': (host) => eachLun(host, { partitions: unknown }),
};

/** The last disk with some of its facts lost; each platform takes the flags that it has. */
function eachLun(host: Facts, lost: Record<string, unknown>): Facts {
  const facts = host.report!.facts;
  const disks = 'value' in facts.disks ? facts.disks.value : [];
  const changed = disks.map((disk, at) =>
    at === disks.length - 1
      ? { ...disk, ...Object.fromEntries(Object.entries(lost).filter(([name]) => name in disk)) }
      : disk,
  );
  return hostOf({ ...facts, disks: { value: changed } } as HostFacts);
}

const windowsCore = ['disks', 'pendingUpdates', 'lastUpdateSuccessAt', 'os'];
const coreFacts = (facts: HostFacts, hasLuns: boolean): string[] => {
  if (facts.platform === 'linux') return hasLuns ? [...windowsCore, 'lvmGuard'] : windowsCore;
  return hasLuns ? [...windowsCore, 'sanPolicy', 'automount'] : windowsCore;
};
const seesLuns = (facts: HostFacts): boolean => judge(hostOf(facts)).exposure.vmfsLuns !== 0;

describe.each(Object.entries(samples))('%s', (_name, facts) => {
  const before = judge(hostOf(facts));

  it.each(factNames(facts))('never scores lower for the loss of %s', (name) => {
    const after = judge(hostOf(without(facts, name)));
    expect(after.score).toBeGreaterThanOrEqual(before.score);
    expect(after.low).toBeLessThanOrEqual(before.low);
    if (isGreen(after.level)) expect(isGreen(before.level)).toBe(true);
  });

  it.each(coreFacts(facts, seesLuns(facts)))('is never green without %s, and says what is missing', (name) => {
    const after = judge(hostOf(without(facts, name)));
    expect(isGreen(after.level)).toBe(false);
    expect(after.completeness).toBeLessThan(1);
    expect(after.missing.length).toBeGreaterThan(0);
  });

  it.each(Object.keys(losses))('is never green and never scores lower without %s', (name) => {
    const after = judge(losses[name]!(hostOf(facts)));
    expect(after.score).toBeGreaterThanOrEqual(before.score);
    expect(isGreen(after.level)).toBe(false);
  });

  it.each(seesLuns(facts) ? Object.keys(lunLosses) : [])('is never green and never scores lower without %s', (name) => {
    const after = judge(lunLosses[name]!(hostOf(facts)));
    expect(after.score).toBeGreaterThanOrEqual(before.score);
    expect(isGreen(after.level)).toBe(false);
  });

  it('keeps what was bad in mind when the collector loses its rights', () => {
    const lost = Object.fromEntries(factNames(facts).map((name) => [name, unknown]));
    const blind = { ...facts, ...lost } as HostFacts;
    const host = hostOf(blind);
    const after = judge({ ...host, report: host.report && { ...host.report, remembered: facts } });
    const wasBad = before.level === 'critical' || before.level === 'high';
    expect(after.level).toBe(wasBad ? before.level : 'unknown');
  });

  it('never gets better by another label while the LUNs stay zoned', () => {
    for (const mode of before.modes) {
      if (seesLuns(facts)) expect(mode.score).toBeGreaterThanOrEqual(before.score);
      expect(mode.low).toBeLessThanOrEqual(mode.score);
      expect(mode.unmasked.score).toBeLessThanOrEqual(mode.score);
    }
  });

  it('is judged the same whatever the order of its disks', () => {
    if (!('value' in facts.disks)) throw new Error('the sample has no disks');
    const turned = { ...facts, disks: { value: facts.disks.value.toReversed() } } as HostFacts;
    expect(judge(hostOf(turned))).toEqual(before);
  });

  it('is judged the same when every path is reported as a disk of its own', () => {
    const twice = (facts.platform === 'windows' ? twoWindowsPaths(facts) : twoLinuxPaths(facts)) satisfies HostFacts;
    const { score, low, level, exposure } = judge(hostOf(twice));
    expect({ score, low, level, vms: exposure.vms, luns: exposure.vmfsLuns }).toEqual({
      score: before.score,
      low: before.low,
      level: before.level,
      vms: before.exposure.vms,
      luns: before.exposure.vmfsLuns,
    });
  });

  it('is judged the same from the same facts at the same instant', () => {
    expect(judge(structuredClone(hostOf(facts)))).toEqual(before);
  });
});

function twoWindowsPaths(facts: WindowsFacts): WindowsFacts {
  const disks = 'value' in facts.disks ? facts.disks.value : [];
  return { ...facts, disks: { value: [...disks, ...disks.map((disk) => ({ ...disk, number: disk.number + 100 }))] } };
}

function twoLinuxPaths(facts: LinuxFacts): LinuxFacts {
  const disks = 'value' in facts.disks ? facts.disks.value : [];
  return { ...facts, disks: { value: [...disks, ...disks.map((disk) => ({ ...disk, name: `${disk.name}-b` }))] } };
}
