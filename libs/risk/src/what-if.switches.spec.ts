import { daysBefore, hostOf, linuxFacts, storyNow, windowsFacts } from '@lunwarden/sample-fleet';
import { describe, expect, it } from 'vitest';
import { assess } from './assess.js';
import { beside, direct, linuxBeside, unknown, withLun } from './testing/cases.js';
import { type WhatIfChange, whatIf } from './what-if.js';

type Reported = Parameters<typeof hostOf>[0];
const after = (facts: Reported, change: WhatIfChange) => whatIf(hostOf(facts), storyNow, change);
const scoreOf = (facts: Reported) => assess(hostOf(facts), storyNow).score;
const open = { isOffline: { value: false }, isReadOnly: { value: false } } as const;

describe('the switch of the guards', () => {
  it('leaves a policy that keeps every disk offline as it is', () => {
    const all = beside({ sanPolicy: { value: 'OfflineAll' } });
    expect(after(all, { harden: true }).score).toBe(scoreOf(all));
    expect(after(beside({ sanPolicy: { value: 'OnlineAll' } }), { harden: true }).score).toBe(scoreOf(beside()));
  });

  it('sets what nobody could read, and then the host can be judged', () => {
    const blind = beside({ sanPolicy: unknown, automount: unknown });
    expect(after(blind, {}).level).toBe('unknown');
    expect(after(blind, { harden: true })).toMatchObject({ level: 'minimal', score: scoreOf(beside()) });
  });

  it('puts LUNs offline, and on Linux sets the flag, LVM and multipath', () => {
    expect(after(withLun(open), { harden: true }).score).toBe(scoreOf(beside()));
    const bare = {
      ...linuxBeside({ readOnly: { value: false } }),
      lvmGuard: { value: 'none' },
      multipath: { value: 'inactive' },
    } as const;
    expect(after(bare, { harden: true }).score).toBe(scoreOf(linuxBeside()));
    expect(after(linuxFacts({ transport: direct }), { harden: true }).score).toBe(
      scoreOf(linuxFacts({ transport: direct })),
    );
  });

  it('leaves what it cannot set: volume groups of guests', () => {
    const foreign = { ...linuxBeside(), foreignVolumeGroups: { value: ['vg'] } };
    expect(after(foreign, { harden: true }).score).toBe(scoreOf(foreign));
  });

  it('does nothing where it is off', () => {
    const weak = beside({ sanPolicy: { value: 'OnlineAll' } });
    expect(after(weak, { harden: false, unmask: false })).toMatchObject({ score: scoreOf(weak) });
  });
});

describe('the switch of the days', () => {
  it('takes as many as ten years, and no day more', () => {
    const facts = windowsFacts();
    expect(after(facts, { delayDays: 3650 }).score).toBeGreaterThan(scoreOf(facts));
    for (const delayDays of [3650.5, -1, Number.NaN]) expect(() => after(facts, { delayDays })).toThrow(/delayDays/);
  });

  it('ages the system as well as its last update', () => {
    const server2016 = { caption: 'x', version: '10.0.14393', ubr: 1, edition: 'x', productType: 'server' } as const;
    const fresh = { lastUpdateSuccessAt: { value: daysBefore(0) } };
    const later = (version: string) =>
      after(windowsFacts({ ...fresh, os: { value: { ...server2016, version } } }), { delayDays: 400 }).score;
    expect(later('10.0.14393')).toBeGreaterThan(later('10.0.20348'));
  });
});

describe('the switch of the mode', () => {
  it('is judged as possible or not for the mode that would be in force', () => {
    expect(after(beside(), {})).toMatchObject({
      feasible: 'yes',
      feasibility: expect.stringMatching(/^Sees 1 VMFS LUN;/),
    });
    expect(after(beside(), { mode: 'network' }).feasibility).toMatch(/^Needs only TCP 443/);
    expect(after(beside(), { mode: 'direct-san', unmask: true })).toMatchObject({
      feasible: 'no',
      feasibility: 'Without its LUNs there is nothing to read from the SAN',
    });
    expect(after(beside(), { mode: 'network', unmask: true }).feasible).toBe('yes');
    expect(after(windowsFacts({ transport: unknown }), {}).feasibility).toBe(
      'Not known which transport mode is in force',
    );
  });

  it('costs what attaching disks of guests costs, on a host without LUNs', () => {
    const weak = windowsFacts({ automount: { value: 'enabled' } });
    expect(after(weak, { mode: 'virtual-appliance' }).score).toBeGreaterThan(scoreOf(weak));
    expect(after(weak, { mode: 'network' }).score).toBe(scoreOf(weak));
  });

  it('names the floors that hold then', () => {
    expect(after(withLun(open), {}).floors).toEqual(['F3-online-writable', 'F6-weak-guard-beside-luns']);
    expect(after(withLun(open), { mode: 'network' }).floors).toEqual([
      'F3-online-writable',
      'F6-weak-guard-beside-luns',
    ]);
    expect(after(withLun(open), { unmask: true }).floors).toEqual([]);
  });

  it('makes no host known that is not known in its own mode, while LUNs are in sight', () => {
    const lost = withLun({ isOffline: unknown });
    for (const mode of ['network', 'virtual-appliance', 'direct-san'] as const)
      expect(after(lost, { mode }).level).toBe('unknown');
    const unread = windowsFacts({ automount: unknown });
    expect(after(unread, { mode: 'virtual-appliance' }).level).toBe('unknown');
    expect(after(unread, { mode: 'network' }).level).toBe('minimal');
    const blindHotAdd = linuxBeside();
    const without = { ...blindHotAdd, lvmGuard: unknown };
    expect(after(without, { mode: 'network' }).level).toBe('unknown');
  });

  it('tells how the host stands beside it', () => {
    const { score, low, level } = assess(hostOf(withLun(open)), storyNow);
    expect(after(withLun(open), { unmask: true, harden: true }).now).toEqual({ score, low, level });
  });
});
