import type { MapAttempt } from '@lunwarden/store';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextDetails, nextTry } from './next-try.js';

const attempt = (outcome: MapAttempt['outcome'], errorCode: string | null = null): MapAttempt => ({
  startedAt: '2026-11-22T19:00:00.000Z',
  outcome,
  durationMs: 1,
  counts: null,
  gaps: [],
  losses: null,
  errorCode,
  error: null,
});
const minutes = (ms: number | null) => (ms === null ? null : ms / 60_000);

describe('the next collection', () => {
  it.each(['in-force', 'incomplete', 'needs-confirmation'] as const)(
    'comes in about ten minutes after %s',
    (outcome) => {
      expect(minutes(nextTry(attempt(outcome), 7, 0).inMs)).toBe(9);
      expect(minutes(nextTry(attempt(outcome), 7, 1).inMs)).toBe(11);
      expect(nextTry(attempt(outcome), 7, 0.5).failures).toBe(0);
    },
  );

  it.each(['vcenter_login_refused', 'vcenter_address_refused', 'secret_broken', 'keyring_refused'])(
    'never comes by itself after %s',
    (code) => {
      fc.assert(
        fc.property(fc.nat(100), fc.double({ min: 0, max: 1, noNaN: true }), (failures, random) => {
          expect(nextTry(attempt('failed', code), failures, random).inMs).toBeNull();
        }),
      );
    },
  );

  it('comes later and later while a vCenter is away, but comes', () => {
    const pauses = Array.from({ length: 12 }, (_, failures) =>
      minutes(nextTry(attempt('failed', 'vcenter_unreachable'), failures, 1).inMs),
    );
    expect(pauses).toEqual([1, 2, 4, 8, 16, 30, 30, 30, 30, 30, 30, 30]);
    expect(minutes(nextTry(attempt('failed', 'vcenter_unreachable'), 3, 0).inMs)).toBe(4);
  });
});

describe('LUNs, adapters and disks', () => {
  it('are read daily, and left out for an hour when they kept a map from being whole', () => {
    expect(nextDetails({ outcome: 'in-force' }, true)).toEqual({ detailsInMs: 24 * 60 * 60_000 });
    expect(nextDetails({ outcome: 'incomplete' }, true)).toEqual({ detailsInMs: 60 * 60_000 });
    expect(nextDetails({ outcome: 'failed' }, true)).toEqual({ detailsInMs: null });
    expect(nextDetails({ outcome: 'in-force' }, false)).toEqual({ detailsInMs: null });
  });
});
