import { Assessment, HostSummary } from '@lunwarden/contract';
import { hostOf, linuxFacts, storyFacts, storyNow, storyStages, windowsFacts } from '@lunwarden/sample-fleet';
import { describe, expect, it } from 'vitest';
import { assess } from './assess.js';
import { expireSummary } from './expire.js';
import { summarize } from './summarize.js';
import { titled } from './titled.js';

const row = (host: Parameters<typeof assess>[0]) => summarize(host, titled(assess(host, storyNow)));

describe('assess', () => {
  it('lists what would help most first, and by how much', () => {
    const { drivers, score } = titled(assess(hostOf(storyFacts('popular-fix')), storyNow));
    expect(drivers[0]).toMatchObject({ factor: 'visible-luns', state: 'bad' });
    for (const { ifFixed } of drivers) expect(ifFixed).toBeLessThanOrEqual(score);
    expect(drivers.map(({ ifFixed }) => ifFixed)).toEqual(
      drivers.map(({ ifFixed }) => ifFixed).toSorted((a, b) => a - b),
    );
  });

  it('marks the mode in force, with its evidence', () => {
    const { mode, modes } = titled(assess(hostOf(storyFacts('service-pack-failed')), storyNow));
    expect(mode).toMatchObject({ effective: 'direct-san', evidence: 'configured' });
    expect(modes.map(({ inForce }) => inForce)).toEqual([true, false, false]);
    expect(modes.map(({ feasible }) => feasible)).toEqual(['yes', 'no', 'yes']);
  });

  it('believes the tasks rather than the setting', () => {
    const observed = [{ mode: 'network', tasks: 40, lastSeenAt: '2026-11-19T22:00:00Z' } as const];
    const facts = windowsFacts({ transport: { value: { configured: 'direct-san', observed, source: 'product' } } });
    expect(titled(assess(hostOf(facts), storyNow)).mode).toMatchObject({ effective: 'network', evidence: 'observed' });
  });

  it('infers what automatic selection will do', () => {
    const transport = { value: { configured: 'auto', source: 'product' } } as const;
    const modeOf = (facts: Parameters<typeof hostOf>[0]) => titled(assess(hostOf(facts), storyNow)).mode;
    expect(modeOf({ ...storyFacts('targeted-fix'), transport })).toMatchObject({
      effective: 'direct-san',
      evidence: 'inferred',
    });
    expect(modeOf(linuxFacts({ transport }))).toMatchObject({ effective: 'network', evidence: 'inferred' });
  });

  it('holds until the earliest good fact expires', () => {
    const { validUntil, validity } = titled(assess(hostOf(storyFacts('service-pack-failed')), storyNow));
    expect(validity.reportMs).toBe(3 * 3_600_000);
    expect(validUntil).toBe('2026-11-20T07:50:00.000Z');
    expect(titled(assess(hostOf(windowsFacts()), storyNow)).validUntil).toBe('2026-11-20T09:00:00.000Z');
  });

  it('refuses an instant that is none', () => {
    expect(() => titled(assess(hostOf(windowsFacts()), 'now'))).toThrow(RangeError);
  });
});

describe('summarize', () => {
  it('gives a host that never reported a row of its own, and no comfort', () => {
    const never = hostOf(windowsFacts(), { report: null, lastSeenAt: null });
    expect(row(never)).toMatchObject({ state: 'never-reported', level: 'unknown', vmfsLuns: null, completeness: 0 });
    expect(HostSummary.safeParse(row(never)).error).toBeUndefined();
    expect(Assessment.safeParse(titled(assess(never, storyNow))).error).toBeUndefined();
  });

  it.each([
    ['reporting', {}],
    ['silent', { lastSeenAt: '2026-11-20T05:50:00Z' }],
    ['identity-conflict', { identityConflict: true }],
  ] as const)('says %s where it is so', (state, overrides) => {
    expect(row(hostOf(windowsFacts(), overrides)).state).toBe(state);
  });

  it('says in one sentence what weighs most', () => {
    expect(row(hostOf(storyFacts('popular-fix'))).topReason).toBe(
      'A production datastore is online and writable in Windows: prod-vmfs-01 (Disk 1): online and writable',
    );
    expect(row(hostOf(windowsFacts())).topReason).toBeNull();
  });

  it('shows no old guard as good, and every old guard that is bad', () => {
    const old = { observedAt: '2026-11-19T00:00:00Z', receivedAt: '2026-11-19T00:00:00Z' };
    const facts = storyFacts('service-pack-failed');
    const stale = hostOf(facts, { report: { facts, remembered: facts, ...old } });
    expect(row(stale)).toMatchObject({ automount: 'unknown', sanPolicy: 'OnlineAll', state: 'stale', level: 'high' });
  });
});

describe('expireSummary', () => {
  const kept = row(hostOf(windowsFacts()));

  it('turns green to unknown and leaves what is bad', () => {
    const later = '2026-11-21T00:00:00Z';
    expect(expireSummary(kept, later)).toMatchObject({ level: 'unknown', state: 'stale' });
    for (const level of ['medium', 'low', 'minimal', 'unknown'] as const)
      expect(expireSummary({ ...kept, level }, later).level).toBe('unknown');
    for (const stage of storyStages.slice(0, 2)) {
      const bad = row(hostOf(storyFacts(stage)));
      expect(expireSummary(bad, later).level).toBe(bad.level);
    }
  });

  it('hands back the same row while nothing changed, so that nobody draws it again', () => {
    expect(expireSummary(kept, storyNow)).toBe(kept);
  });

  it('says silent after a quarter of an hour without a word', () => {
    expect(expireSummary(kept, '2026-11-20T06:15:01Z')).toMatchObject({ state: 'silent', level: kept.level });
  });
});
