// @vitest-environment node
import { expect, it } from 'vitest';
import { sampleHost } from '../testing/sample-host.js';
import { nextExpiry, restMs } from './expiry.js';

const eight = Date.parse('2026-11-22T08:00:00Z');

it('wakes up for the verdict that runs out first, and looks again after half a minute at the latest', () => {
  const hosts = [
    sampleHost(1, { validUntil: '2026-11-22T07:59:00Z' }),
    sampleHost(2, { validUntil: '2026-11-22T08:00:10Z' }),
    sampleHost(3, { validUntil: '2026-11-22T08:00:05Z' }),
  ];
  expect(nextExpiry(hosts, eight)).toBe(eight + 5_000);
  expect(restMs(hosts, eight)).toBe(5_001);
  expect(restMs([sampleHost(1)], eight)).toBe(30_000);
  expect(restMs([], eight)).toBe(30_000);
});
