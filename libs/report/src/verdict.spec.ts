import type { HostSummary, WeeklySnapshot } from '@lunwarden/contract';
import { describe, expect, it } from 'vitest';
import { sampleHost, sampleSnapshot, sampleVcenter } from '../golden/sample-weeks.js';
import { verdictOf } from './verdict.js';

const verdict = (host: Partial<HostSummary>, own: Partial<WeeklySnapshot> = {}) =>
  verdictOf(sampleSnapshot([sampleHost('pxy-01'), sampleHost('pxy-02', host)], own));

describe('verdictOf', () => {
  it('is ready when every host was judged and none is blocked', () => {
    expect(verdict({ level: 'medium' })).toEqual({
      word: 'ready',
      sentence: 'No proxy is blocked or unknown; 2 proxies checked.',
      hosts: { blocked: 0, unknown: 0, ready: 2, total: 2 },
      gaps: [],
    });
  });

  it.each(['critical', 'high'] as const)('is not ready while a host is %s', (level) => {
    expect(verdict({ level })).toMatchObject({ word: 'not-ready', hosts: { blocked: 1, ready: 1 } });
  });

  it('keeps a host blocked whatever the age of what is known', () => {
    expect(verdict({ level: 'high', state: 'stale', validUntil: '2026-01-01T00:00:00.000Z' }).word).toBe('not-ready');
  });

  it.each<[string, Partial<HostSummary>]>([
    ['is unknown', { level: 'unknown' }],
    ['is stale', { state: 'stale' }],
    ['never reported', { state: 'never-reported' }],
    ['speaks with two voices', { state: 'identity-conflict' }],
    ['has a level that expired before the week was closed', { validUntil: '2026-11-22T23:00:04.999Z' }],
  ])('is unknown while a host %s', (_name, host) => {
    expect(verdict(host)).toMatchObject({ word: 'unknown', hosts: { unknown: 1, ready: 1 } });
  });

  it.each<[string, Partial<WeeklySnapshot>]>([
    ['no vCenter is connected', { vcenters: [] }],
    ['a vCenter never gave a map', { vcenters: [sampleVcenter('vc', { mapCollectedAt: null })] }],
    ['a vCenter failed', { vcenters: [sampleVcenter('vc', { state: 'failed' })] }],
    ['a vCenter answered in part', { vcenters: [sampleVcenter('vc', { state: 'incomplete', gaps: 3 })] }],
    ['the VMs at risk are a lower bound', { vmsAtRisk: { count: 0, isComplete: false } }],
  ])('is unknown while %s', (_name, own) => {
    expect(verdict({}, own)).toMatchObject({ word: 'unknown', hosts: { ready: 2 }, gaps: [expect.any(String)] });
  });

  it('is unknown while the reach of one host is known in part', () => {
    expect(verdict({ blastIsComplete: false }).word).toBe('unknown');
  });

  it('does not call an empty fleet ready', () => {
    expect(verdictOf(sampleSnapshot([]))).toMatchObject({ word: 'unknown', hosts: { total: 0 } });
  });
});
