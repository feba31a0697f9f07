import { expect, it } from 'vitest';
import { HostSearch } from '../routes/host-tabs.js';
import { switchesOf } from './plan.js';

it('reads a scenario from an address, and drops what is none', () => {
  const search = HostSearch.parse({ tab: 'whatif', mode: 'network', unmask: '1', harden: 'yes', delayDays: '99999' });
  expect(switchesOf(search)).toEqual({ mode: 'network', unmask: '1' });
});

it('gives one scenario one name', () => {
  expect(switchesOf({ delayDays: '0' })).toEqual({});
  expect(switchesOf({ delayDays: '30', harden: undefined })).toEqual({ delayDays: '30' });
});
