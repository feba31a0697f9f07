import type { TransportFact } from '@lunwarden/contract';
import { hostOf, linuxFacts, storyNow, windowsFacts } from '@lunwarden/sample-fleet';
import { describe, expect, it } from 'vitest';
import { assess } from './assess.js';
import type { Facts } from './facts.js';
import { unknown } from './testing/cases.js';
import { reportAt } from './testing/readings.js';

type Observed = NonNullable<TransportFact['observed']>[number];
const minute = 60_000;
const month = 30 * 24 * 60 * minute;
const after = (ms: number): string => new Date(Date.parse(storyNow) + ms).toISOString();
const task = (mode: Observed['mode'], tasks: number, lastSeenAt = after(-minute)): Observed => ({
  mode,
  tasks,
  lastSeenAt,
});
const modeOf = (transport: TransportFact, change = {}, around: Partial<Facts> = {}) =>
  assess({ ...hostOf(windowsFacts({ transport: { value: transport }, ...change })), ...around }, storyNow).mode;
const set = (configured: TransportFact['configured'], change: Partial<TransportFact> = {}): TransportFact => ({
  configured,
  source: 'product',
  ...change,
});
const seen = (...observed: Observed[]) => modeOf(set('direct-san', { observed }));

describe('the mode in force', () => {
  it('is the one of most tasks, told with what is set', () => {
    expect(seen(task('network', 3), task('virtual-appliance', 5))).toEqual({
      effective: 'virtual-appliance',
      evidence: 'observed',
      detail: 'Seen in 5 of 8 tasks; set to Direct SAN in the backup product',
    });
  });

  it('is settled by name where as many tasks ran in two', () => {
    expect(seen(task('virtual-appliance', 2), task('network', 2)).effective).toBe('network');
    expect(seen(task('network', 2), task('virtual-appliance', 2)).effective).toBe('network');
  });

  it('counts no task of a month ago, and none beyond a minute ahead', () => {
    const evidence = (at: number) => seen(task('network', 1, after(at))).evidence;
    expect([evidence(-month + 1), evidence(-month)]).toEqual(['observed', 'configured']);
    expect([evidence(minute), evidence(minute + 1)]).toEqual(['observed', 'configured']);
    expect(seen(task('network', 0)).evidence).toBe('configured');
  });

  it('is told in the words of whoever set it', () => {
    const words = (change: Partial<TransportFact>) => modeOf(set('direct-san', change)).detail;
    expect(words({ directKind: 'nfs' })).toBe('set to Direct SAN (nfs) in the backup product');
    expect(words({ product: 'Veeam 13' })).toBe('set to Direct SAN in Veeam 13');
    expect(words({ source: 'operator', product: 'Veeam 13' })).toBe('set to Direct SAN by an operator');
    expect(modeOf(set('network', { directKind: 'san' })).detail).toBe('set to Network in the backup product');
  });

  it('is not known where nobody told of it', () => {
    const lost = (host: Facts) => assess(host, storyNow).mode;
    expect(lost(hostOf(windowsFacts({ transport: unknown })))).toEqual({
      effective: 'unknown',
      evidence: 'unknown',
      detail: 'the collector was denied access',
    });
    expect(lost(hostOf(windowsFacts(), { report: null })).detail).toBe('the host has never reported');
    const old = windowsFacts();
    expect(lost({ ...hostOf(old), ...reportAt(old, after(-24 * 60 * minute)) }).detail).toMatch(
      /^the last report is too old; last known: set to Network in /,
    );
  });

  it('is guessed for a host that chooses by itself, and for nobody who never told what he is', () => {
    const auto = set('auto');
    const virtual = { machine: { value: { isVirtual: true, vendor: 'x', model: 'y', biosUuid: null } } };
    expect(modeOf(auto, virtual)).toMatchObject({ effective: 'virtual-appliance', evidence: 'inferred' });
    expect(modeOf(auto)).toMatchObject({ effective: 'network', evidence: 'inferred' });
    expect(modeOf(auto, { machine: unknown })).toMatchObject({ effective: 'unknown', evidence: 'unknown' });
    expect(modeOf(auto, { disks: unknown })).toMatchObject({ effective: 'unknown', evidence: 'unknown' });
    expect(modeOf(auto, { disks: { value: [] } }).effective).toBe('unknown');
  });

  it('says the same of a Linux host', () => {
    const facts = linuxFacts({ transport: { value: set('virtual-appliance') } });
    expect(assess(hostOf(facts), storyNow).mode).toMatchObject({
      effective: 'virtual-appliance',
      evidence: 'configured',
    });
  });
});
