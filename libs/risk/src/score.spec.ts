import {
  hostOf,
  linuxFacts,
  linuxVmfsDisk,
  storyNow,
  vmfsDisk,
  windowsBootDisk,
  windowsFacts,
} from '@lunwarden/sample-fleet';
import { describe, expect, it } from 'vitest';
import { assess } from './assess.js';
import { defaultPolicy } from './policy.js';
import { levelOf } from './score.js';
import { unknown } from './testing/cases.js';

const level = (score: number, low: number, isCoreKnown: boolean) => levelOf({ score, low, isCoreKnown }, defaultPolicy);

describe('a level', () => {
  it.each([
    [75, 'critical'],
    [74.9, 'high'],
    [55, 'high'],
    [54.9, 'medium'],
    [35, 'medium'],
    [34.9, 'low'],
    [15, 'low'],
    [14.9, 'minimal'],
  ] as const)('of %s points is %s where everything decisive is known', (score, expected) =>
    expect(level(score, 0, true)).toBe(expected),
  );

  it.each([
    [75, 'critical'],
    [55, 'high'],
    [54.9, 'unknown'],
  ] as const)('of which %s points are proven is %s where something decisive is not known', (low, expected) =>
    expect(level(100, low, false)).toBe(expected),
  );
});

describe('a judgement', () => {
  const missing = (facts: Parameters<typeof hostOf>[0]) => assess(hostOf(facts), storyNow).missing.toSorted();
  const windows = windowsFacts({ disks: { value: [windowsBootDisk(), vmfsDisk(1)] } });
  const linux = linuxFacts({ disks: { value: [linuxVmfsDisk(1)] } });

  it.each([
    ['disks', { ...windows, disks: unknown }, ['LUN contents', 'LUN tables', 'disk states', 'visible LUNs']],
    ['SAN policy', { ...windows, sanPolicy: unknown }, ['SAN policy']],
    ['automount', { ...windows, automount: unknown }, ['automount']],
    ['updates', { ...windows, pendingUpdates: unknown }, ['missing updates']],
    ['last update', { ...windows, lastUpdateSuccessAt: unknown }, ['last update']],
    ['system', { ...windows, os: unknown }, ['OS support']],
    ['LVM guard', { ...linux, lvmGuard: unknown }, ['LVM guard']],
  ])('says what is missing without the %s', (_name, facts, expected) => expect(missing(facts)).toEqual(expected));

  it('is as complete as the share of what is decisive that is known', () => {
    const { completeness } = assess(hostOf({ ...windows, sanPolicy: unknown }), storyNow);
    expect(completeness).toBeCloseTo(8 / 9);
  });

  it('says of its patches what was read of them', () =>
    expect(assess(hostOf(windows), storyNow).patch.detail).toBe(
      'No update is missing; Last update installed 12 days ago; Support of the operating system ends on 2031-10-14',
    ));

  it('is not made at an instant that is none', () =>
    expect(() => assess(hostOf(windows), 'soon')).toThrow('asOf is not an ISO instant: soon'));
});
