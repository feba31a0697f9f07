import {
  hostOf,
  linuxFacts,
  storyFacts,
  storyNow,
  vmfsDisk,
  windowsBootDisk,
  windowsFacts,
} from '@lunwarden/sample-fleet';
import { describe, expect, it } from 'vitest';
import { assess } from './assess.js';
import type { Facts } from './facts.js';
import { policyWith } from './overrides.js';
import { defaultPolicy } from './policy.js';
import { summarize } from './summarize.js';
import { beside, unknown } from './testing/cases.js';
import { finding, judgement } from './testing/gated.js';
import { reportAt } from './testing/readings.js';
import { titled } from './titled.js';

const row = (host: Facts, policy = defaultPolicy) => summarize(host, titled(assess(host, storyNow, policy)), policy);
const minute = 60_000;
const after = (ms: number): string => new Date(Date.parse(storyNow) + ms).toISOString();
const reported = (facts: ReturnType<typeof windowsFacts>, ago: number): Facts => ({
  ...hostOf(facts),
  ...reportAt(facts, after(-ago)),
  lastSeenAt: after(-minute),
});
const threeHours = 180 * minute;

describe('a row of the fleet', () => {
  it('says silent after a quarter of an hour without a word', () => {
    const heard = (lastSeenAt: string | null) => row(hostOf(windowsFacts(), { lastSeenAt })).state;
    expect(heard(after(-15 * minute))).toBe('reporting');
    expect(heard(after(-15 * minute - 1))).toBe('silent');
    expect(heard(null)).toBe('reporting');
  });

  it('says when the host was heard last, by whatever came from it', () => {
    expect(row(hostOf(windowsFacts())).lastReportAt).toBe('2026-11-20T06:00:00Z');
    expect(row(hostOf(windowsFacts(), { lastSeenAt: null })).lastReportAt).toBe('2026-11-20T06:00:00Z');
    expect(row(hostOf(windowsFacts(), { lastSeenAt: null, report: null })).lastReportAt).toBeNull();
  });

  it('says stale from three hours on, and shows no good guard any more', () => {
    const good = reported(windowsFacts(), threeHours - 1);
    expect(row(good)).toMatchObject({ state: 'reporting', automount: 'disabled', sanPolicy: 'OfflineShared' });
    expect(row(reported(windowsFacts(), threeHours))).toMatchObject({
      state: 'stale',
      automount: 'unknown',
      sanPolicy: 'unknown',
    });
  });

  it.each([
    ['OnlineAll', 'OnlineAll'],
    ['OfflineInternal', 'OfflineInternal'],
    ['OfflineAll', 'unknown'],
  ] as const)('shows an old SAN policy %s as %s, and an old automount that is on', (was, is) => {
    const facts = windowsFacts({ sanPolicy: { value: was }, automount: { value: 'enabled' } });
    expect(row(reported(facts, threeHours))).toMatchObject({ sanPolicy: is, automount: 'enabled' });
  });

  it('shows guards that nobody could read as unknown, and none of a system that has none', () => {
    const lost = windowsFacts({ sanPolicy: unknown, automount: unknown });
    expect(row(hostOf(lost))).toMatchObject({ sanPolicy: 'unknown', automount: 'unknown' });
    const none = { sanPolicy: 'not-applicable', automount: 'not-applicable' };
    expect(row(hostOf(linuxFacts()))).toMatchObject(none);
    expect(row(hostOf(linuxFacts(), { report: null }))).toMatchObject(none);
    expect(row(hostOf(linuxFacts(), { platform: 'windows' }))).toMatchObject({ ...none, platform: 'linux' });
    expect(row(hostOf(windowsFacts(), { report: null }))).toMatchObject({ sanPolicy: 'unknown', os: 'unknown' });
  });

  it('names the system in the words of its platform, as far as there is room', () => {
    expect(row(hostOf(linuxFacts())).os).toBe('Red Hat Enterprise Linux 9.6 (Plow)');
    const caption = 'W'.repeat(200);
    const os = { value: { caption, version: '10.0.20348', ubr: 1, edition: 'x', productType: 'server' } } as const;
    expect(row(hostOf(windowsFacts({ os }))).os).toBe(caption.slice(0, 160));
  });

  it('counts LUNs that may be written to, as far as anybody knows the list', () => {
    const open = { isOffline: { value: false }, isReadOnly: { value: false } } as const;
    const sees = (...change: object[]) =>
      beside({ disks: { value: [windowsBootDisk(), ...change.map((one, at) => vmfsDisk(at + 1, undefined, one))] } });
    expect(row(hostOf(sees(open, {}, open)))).toMatchObject({ vmfsLuns: 3, writableLuns: 2 });
    expect(row(hostOf(sees()))).toMatchObject({ vmfsLuns: 0, writableLuns: 0 });
    expect(row(hostOf(windowsFacts({ disks: unknown })))).toMatchObject({ vmfsLuns: null, writableLuns: null });
    expect(row(reported(sees(), threeHours))).toMatchObject({ vmfsLuns: null, writableLuns: null });
  });

  it('is told of the policy that it was judged by', () => {
    const site = policyWith({ 'freshness.aliveMs': minute, 'freshness.hostStateMs': 5 * minute });
    if ('problems' in site) throw new Error('the overrides are not in their bounds');
    expect(row(hostOf(windowsFacts()), site.policy).state).toBe('stale');
    expect(row(reported(windowsFacts(), 2 * minute), site.policy).state).toBe('reporting');
    expect(row({ ...reported(windowsFacts(), 2 * minute), lastSeenAt: after(-2 * minute) }, site.policy).state).toBe(
      'silent',
    );
  });
});

describe('the reason of a row', () => {
  const host = hostOf(storyFacts('popular-fix'));
  const reason = (...findings: ReturnType<typeof finding>[]) =>
    summarize(host, judgement({ level: 'high', findings })).topReason;

  it('is what can destroy a datastore before what is only missing', () => {
    const patch = finding('a', 'PAT-001', { title: 'Patch', severity: 'critical' });
    const mild = finding('b', 'WIN-005', { title: 'Mild', severity: 'medium' });
    expect(reason(patch, mild, finding('c', 'LUN-002', { title: 'Grave' }))).toBe('Grave: seen');
    expect(reason(mild, patch)).toBe('Mild: seen');
    expect(reason(patch, mild)).toBe('Patch: seen');
  });

  it.each(['WIN', 'LUN', 'SAN', 'HOT', 'LNX'])('may be of the family %s', (family) => {
    const grave = finding('a', `${family}-001`, { title: 'Grave', severity: 'critical' });
    expect(reason(finding('b', 'VBR-001', { title: 'Other' }), grave)).toBe('Grave: seen');
  });

  it('is nothing that is not at risk, and says no more than there is to say', () => {
    expect(
      reason(finding('a', 'WIN-001', { verdict: 'unknown' }), finding('b', 'WIN-002', { verdict: 'safe' })),
    ).toBeNull();
    expect(reason(finding('a', 'WIN-001', { evidence: [] }))).toBe('Title');
    expect(reason(finding('a', 'WIN-001', { title: 'x'.repeat(400) }))).toHaveLength(300);
  });

  it('is what is missing, for a host that nobody can judge', () => {
    const judged = judgement({
      level: 'unknown',
      missing: ['SAN policy', 'automount'],
      findings: [finding('a', 'WIN-001')],
    });
    expect(summarize(host, judged).topReason).toBe('Not known: SAN policy, automount');
    const missing = Array.from({ length: 60 }, (_, at) => `signal ${at}`);
    expect(summarize(host, { ...judged, missing }).topReason).toHaveLength(300);
  });
});
