import { expect, it } from 'vitest';
import { HostSearch } from '../routes/host-tabs.js';
import { isOutlived, switchesOf } from './plan.js';

it('reads a scenario from an address, and drops what is none', () => {
  const search = HostSearch.parse({ tab: 'whatif', mode: 'network', unmask: '1', harden: 'yes', delayDays: '99999' });
  expect(switchesOf(search)).toEqual({ mode: 'network', unmask: '1' });
});

it('gives one scenario one name', () => {
  expect(switchesOf({ delayDays: '0' })).toEqual({});
  expect(switchesOf({ delayDays: '30', harden: undefined })).toEqual({ delayDays: '30' });
});

it('shows no answer that has outlived its facts, and does show one that was given knowing that they are old', () => {
  const until = { validUntil: '2026-11-22T09:00:00Z' };
  expect(isOutlived('2026-11-22T08:59:00Z', until, true)).toBe(true);
  expect(isOutlived('2026-11-22T08:59:00Z', until, false)).toBe(false);
  expect(isOutlived('2026-11-22T09:00:01Z', until, true)).toBe(false);
});
