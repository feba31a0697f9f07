import type { WindowsFacts } from '@lunwarden/contract';
import {
  daysBefore,
  hostOf,
  linuxFacts,
  linuxVmfsDisk,
  storyFacts,
  storyNow,
  storyStages,
  vmfsDisk,
  windowsBootDisk,
  windowsFacts,
} from '@lunwarden/sample-fleet';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assess } from './assess.js';
import { type WhatIfChange, whatIf } from './what-if.js';

const seed = storyFacts('service-pack-failed');
const scoreOf = (facts: Parameters<typeof hostOf>[0]) => assess(hostOf(facts), storyNow).score;
const after = (facts: Parameters<typeof hostOf>[0], change: WhatIfChange) => whatIf(hostOf(facts), storyNow, change);

describe('what if', () => {
  it('nothing changed gives the score that stands', () => {
    for (const stage of storyStages) {
      const { score, low, level, now } = after(storyFacts(stage), {});
      expect({ score, low, level }).toEqual(now);
      expect(score).toBe(scoreOf(storyFacts(stage)));
    }
  });

  it('the LUNs were unmasked equals the host that sees none', () => {
    expect(after(seed, { unmask: true }).score).toBe(scoreOf({ ...seed, disks: { value: [windowsBootDisk()] } }));
  });

  it('the guards were set equals the host on which they are', () => {
    const guarded: WindowsFacts = {
      ...storyFacts('popular-fix'),
      sanPolicy: { value: 'OfflineShared' },
      automount: { value: 'disabled' },
      staleMountPoints: { value: 0 },
      disks: { value: [windowsBootDisk(), ...Array.from({ length: 12 }, (_, lun) => vmfsDisk(lun + 1))] },
    };
    expect(after(storyFacts('popular-fix'), { harden: true }).score).toBe(scoreOf(guarded));
    const linux = linuxFacts({ disks: { value: [linuxVmfsDisk(1, undefined, { readOnly: { value: false } })] } });
    expect(after(linux, { harden: true }).score).toBe(scoreOf(linuxFacts({ disks: { value: [linuxVmfsDisk(1)] } })));
  });

  it('the patches wait equals the host whose last update is so much older', () => {
    const facts = windowsFacts({ lastUpdateSuccessAt: { value: daysBefore(12) } });
    expect(after(facts, { delayDays: 60 }).score).toBe(
      scoreOf({ ...facts, lastUpdateSuccessAt: { value: daysBefore(72) } }),
    );
    const ending = { caption: 'x', version: '10.0.14393', ubr: 1, edition: 'x', productType: 'server' } as const;
    const soon = after(windowsFacts({ os: { value: ending } }), { delayDays: 0 }).score;
    expect(after(windowsFacts({ os: { value: ending } }), { delayDays: 60 }).score).toBeGreaterThan(soon);
    expect(() => after(facts, { delayDays: -1 })).toThrow(RangeError);
  });

  it('the mode had another name is worth nothing while the LUNs stay zoned', () => {
    expect(after(seed, { mode: 'network' }).score).toBe(scoreOf(seed));
    expect(after(seed, { mode: 'network', unmask: true }).score).toBeLessThan(scoreOf(seed));
  });

  it('the mode changed agrees with the column of that mode', () => {
    for (const { mode, score, unmasked, feasible } of assess(hostOf(seed), storyNow).modes) {
      expect(after(seed, { mode })).toMatchObject({ score, feasible });
      expect(after(seed, { mode, unmask: true }).score).toBe(unmasked.score);
    }
  });

  it('says what cannot be done', () => {
    expect(after(seed, { mode: 'virtual-appliance' }).feasible).toBe('no');
    expect(after(seed, { unmask: true })).toMatchObject({
      feasible: 'no',
      feasibility: expect.stringMatching(/^Without its LUNs/),
    });
    expect(after(windowsFacts({ transport: { unknown: 'denied' } }), {}).feasible).toBe('unknown');
  });

  it('never makes a host worse by setting its guards or taking its LUNs, nor better by waiting', () => {
    const hosts = fc.constantFrom(...storyStages.map(storyFacts), windowsFacts(), linuxFacts());
    const modes = fc.constantFrom(undefined, 'direct-san', 'virtual-appliance', 'network');
    fc.assert(
      fc.property(hosts, modes, fc.integer({ min: 0, max: 3650 }), (facts, mode, delayDays) => {
        const change = mode === undefined ? {} : { mode };
        const { score } = after(facts, change);
        expect(after(facts, { ...change, harden: true }).score).toBeLessThanOrEqual(score);
        expect(after(facts, { ...change, unmask: true }).score).toBeLessThanOrEqual(score);
        expect(after(facts, { ...change, delayDays }).score).toBeGreaterThanOrEqual(score);
      }),
    );
  });
});
