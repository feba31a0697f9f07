import { WeeklyDifference } from '@lunwarden/contract';
import { describe, expect, it } from 'vitest';
import { sampleHost, sampleSnapshot } from '../golden/sample-weeks.js';
import { differenceOf } from './difference.js';

const names = (moves: { hostname: string }[]) => moves.map(({ hostname }) => hostname);
const week = (...hosts: Parameters<typeof sampleHost>[]) => sampleSnapshot(hosts.map((host) => sampleHost(...host)));
const between = (then: Parameters<typeof sampleHost>[1], now: Parameters<typeof sampleHost>[1]) =>
  differenceOf(week(['pxy', now]), week(['pxy', then]));

describe('differenceOf', () => {
  it('compares with nothing when there is no week before', () => {
    const first = differenceOf(week(['pxy', { level: 'critical', score: 90 }]), null);
    expect(first).toMatchObject({ before: null, vmsAtRisk: null, worse: [], better: [], appeared: [], gone: [] });
    expect(first).toMatchObject({ levels: { critical: 0, minimal: 0 }, policyChanged: false });
    expect(WeeklyDifference.safeParse(first).success).toBe(true);
  });

  it('never calls a host better because it stopped to speak', () => {
    const silent = between({ level: 'critical', score: 90 }, { level: 'unknown', score: 60 });
    expect([names(silent.worse), names(silent.better)]).toEqual([['pxy'], []]);
  });

  it('calls a host that became known worse only if it is critical', () => {
    expect(names(between({ level: 'unknown' }, { level: 'critical' }).worse)).toEqual(['pxy']);
    expect(names(between({ level: 'unknown' }, { level: 'high' }).better)).toEqual(['pxy']);
  });

  it('never calls an unknown host better because its score fell', () => {
    expect(between({ level: 'unknown', score: 90 }, { level: 'unknown', score: 40 }).better).toEqual([]);
  });

  it('calls a host worse whose level had expired, though it was OK', () => {
    const expired = between({}, { validUntil: '2026-11-22T20:00:00.000Z' });
    expect(expired.worse).toMatchObject([{ before: { level: 'minimal' }, after: { level: 'unknown' } }]);
  });

  it('tells a move within a level from noise', () => {
    expect(names(between({ level: 'high', score: 60 }, { level: 'high', score: 65 }).worse)).toEqual(['pxy']);
    const noise = between({ level: 'high', score: 60 }, { level: 'high', score: 64 });
    expect([noise.worse, noise.better]).toEqual([[], []]);
  });

  it('knows a renamed host by its id', () => {
    const then = week(['pxy-old']);
    const [host] = then.hosts;
    const renamed = differenceOf({ ...then, hosts: [{ ...host!, hostname: 'pxy-new' }] }, then);
    expect([renamed.appeared, renamed.gone]).toEqual([[], []]);
  });

  it('names who is new and who was retired, the worst first', () => {
    const moved = differenceOf(week(['b-new'], ['a-new'], ['c-new', { level: 'high' }]), week(['old']));
    expect(names(moved.appeared)).toEqual(['c-new', 'a-new', 'b-new']);
    expect(moved.gone).toMatchObject([{ hostname: 'old', before: { level: 'minimal' }, after: null }]);
  });

  it('gives no change of VMs at risk when either count is a lower bound', () => {
    const whole = sampleSnapshot([], { vmsAtRisk: { count: 10, isComplete: true } });
    const bound = sampleSnapshot([], { vmsAtRisk: { count: 4, isComplete: false } });
    expect([differenceOf(bound, whole).vmsAtRisk, differenceOf(whole, bound).vmsAtRisk]).toEqual([null, null]);
    expect(differenceOf(whole, { ...whole, vmsAtRisk: { count: 25, isComplete: true } }).vmsAtRisk).toBe(-15);
  });

  it('says when two weeks were judged with different policies', () => {
    const now = week(['pxy']);
    expect(differenceOf(now, { ...now, policyVersion: '1.2.9' }).policyChanged).toBe(true);
  });
});
