import { hostOf, linuxFacts, storyNow, windowsFacts } from '@lunwarden/sample-fleet';
import { describe, expect, it } from 'vitest';
import { assess } from './assess.js';
import { beside, hotAdd, linuxBeside, unknown } from './testing/cases.js';

const missing = (facts: Parameters<typeof hostOf>[0]) => assess(hostOf(facts), storyNow).missing;
const blind = { sanPolicy: unknown, automount: unknown } as const;

describe('what decides whether a host can be judged', () => {
  it('are its guards only where a LUN is in sight, or disks of guests may be attached', () => {
    expect(missing(windowsFacts(blind))).toEqual([]);
    expect(missing(beside(blind))).toEqual(['SAN policy', 'automount']);
    expect(missing(windowsFacts({ ...blind, transport: hotAdd }))).toEqual(['automount']);
    expect(missing(beside({ ...blind, transport: hotAdd }))).toEqual(['SAN policy', 'automount']);
  });

  it('is the guard of LVM on Linux, and never one of Windows', () => {
    const lost = { lvmGuard: unknown } as const;
    expect(missing(linuxFacts(lost))).toEqual([]);
    expect(missing({ ...linuxBeside(), ...lost })).toEqual(['LVM guard']);
    expect(missing(linuxFacts({ ...lost, transport: hotAdd }))).toEqual(['LVM guard']);
  });

  it('is always what it lacks, when it was patched, what it runs and what it sees', () => {
    const lost = { pendingUpdates: unknown, lastUpdateSuccessAt: unknown, os: unknown, disks: unknown } as const;
    expect(missing(windowsFacts({ ...lost })).slice(0, 4)).toEqual([
      'visible LUNs',
      'missing updates',
      'last update',
      'OS support',
    ]);
  });

  it('is known in a share that an operator can read', () => {
    const share = (facts: Parameters<typeof hostOf>[0]) => assess(hostOf(facts), storyNow).completeness;
    expect(share(windowsFacts())).toBe(1);
    expect(share(windowsFacts({ os: unknown }))).toBe(0.75);
    expect(share(beside({ sanPolicy: unknown }))).toBeCloseTo(8 / 9);
  });
});
