import type { PendingUpdate, UpdateSeverity, WindowsFacts } from '@lunwarden/contract';
import { daysBefore, hostOf, storyNow, windowsFacts } from '@lunwarden/sample-fleet';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assess } from './assess.js';
import type { CatalogueUpdate, FeedView, MissingByCatalogue } from './facts/feed-view.js';
import type { Facts } from './facts.js';

const numRuns = Number(process.env.FC_NUM_RUNS ?? 400);
const unknown = { unknown: 'not_collected' } as const;
const fresh = '2026-11-10T00:00:00.000Z';
const old = '2026-01-01T00:00:00.000Z';
const nothing: FeedView = {
  cves: unknown,
  epss: unknown,
  catalogue: unknown,
  cvesOfUpdates: {},
  extendedSupportEnd: unknown,
  productBuilds: unknown,
  esxiBuilds: unknown,
  esxiSupportEnds: unknown,
};
const missing = (id: string, severity: UpdateSeverity, ...cves: string[]): CatalogueUpdate => ({ id, severity, cves });
const catalogue = (change: Partial<MissingByCatalogue> = {}): FeedView['catalogue'] => ({
  value: { asOf: fresh, missing: [], doubtful: [], holes: [], withoutUpdate: [], ...change },
});
const kev = (asOf: string, byId: Record<string, 'listed' | 'ransomware'> = {}): FeedView['cves'] => ({
  value: { asOf, byId: Object.fromEntries(Object.entries(byId).map(([cve, exploited]) => [cve, { exploited }])) },
});
const pending = (...updates: Partial<PendingUpdate>[]): WindowsFacts['pendingUpdates'] => ({
  value: updates.map((one) => ({
    id: 'KB1',
    title: 't',
    severity: 'critical',
    categories: [],
    cves: [],
    needsReboot: false,
    ...one,
  })),
});

const kept = { lastUpdateSuccessAt: { value: daysBefore(3) }, roles: { value: ['proxy'] } } as Partial<WindowsFacts>;
const unscanned = windowsFacts({ ...kept, pendingUpdates: { unknown: 'error' } });
const judge = (feeds: Partial<FeedView> | undefined, facts = unscanned, change: Partial<Facts> = {}) => {
  const host: Facts = { ...hostOf(facts), ...change };
  return assess(feeds === undefined ? host : { ...host, feeds: { ...nothing, ...feeds } }, storyNow);
};
const finding = (rule: string, feeds: Partial<FeedView>, facts = unscanned) =>
  judge(feeds, facts).findings.find((one) => one.rule === rule);

describe('a host without a scan of its own', () => {
  it('that is fully covered by a fresh catalogue has a known answer', () => {
    const covered = judge({ cves: kev(fresh), epss: { value: { asOf: fresh, byId: {} } }, catalogue: catalogue() });
    expect(covered.missing).toEqual([]);
    expect(covered.completeness).toBe(1);
    expect(['low', 'minimal']).toContain(covered.level);
    expect(judge({ cves: kev(fresh) }).level).toBe('unknown');
  });

  it('is never green by a catalogue that is old, or by a list of updates that is', () => {
    for (const feeds of [{ cves: kev(fresh), catalogue: catalogue({ asOf: old }) }]) {
      expect(judge(feeds).level).toBe('unknown');
      expect(finding('updates-missing', feeds)?.verdict).toBe('unknown');
    }
    const { report } = hostOf(unscanned);
    const stale = { report: report && { ...report, observedAt: daysBefore(1) } };
    expect(judge({ cves: kev(fresh), catalogue: catalogue() }, unscanned, stale).level).toBe('unknown');
  });

  it('is at risk by what an old catalogue knows to be missing', () => {
    const lacking = catalogue({ asOf: old, missing: [missing('KB7', 'critical', 'CVE-2026-1111')] });
    const feeds = { cves: kev(old, { 'CVE-2026-1111': 'ransomware' }), catalogue: lacking };
    expect(finding('updates-missing', feeds)).toMatchObject({ verdict: 'at-risk', severity: 'high' });
    expect(finding('exploited-vulnerability-unpatched', feeds)).toMatchObject({ verdict: 'at-risk' });
    expect(judge(feeds)).toMatchObject({ level: 'high', floors: ['F4-ransomware-exploited'] });
  });

  it('is raised to its floor by a vulnerability that is listed', () => {
    const lacking = catalogue({ missing: [missing('KB7', 'low', 'CVE-2026-1111')] });
    expect(judge({ cves: kev(fresh), catalogue: lacking }).score).toBeLessThan(55);
    const listed = judge({ cves: kev(fresh, { 'CVE-2026-1111': 'listed' }), catalogue: lacking });
    expect(listed).toMatchObject({ floors: ['F5-exploited'], level: 'high' });
    expect(listed.low).toBeGreaterThanOrEqual(55);
  });

  it('is in doubt behind a hole, and the hole is named', () => {
    const holes = ['KB3 superseded KB2, of which nothing is told'];
    const behind = catalogue({ doubtful: [missing('KB1', 'critical', 'CVE-2026-1111')], holes });
    const feeds = { cves: kev(fresh, { 'CVE-2026-1111': 'listed' }), catalogue: behind };
    const found = finding('updates-missing', feeds);
    expect(found?.verdict).toBe('unknown');
    expect(found?.evidence[0]?.text).toMatch(/hole \(KB3 superseded KB2.*may be missing: KB1/);
    expect(finding('exploited-vulnerability-unpatched', feeds)).toMatchObject({ verdict: 'unknown' });
    expect(judge(feeds)).toMatchObject({ level: 'unknown' });
    expect(judge(feeds).score).toBeGreaterThanOrEqual(55);
  });

  it('does not know whether it is open to what no update mends', () => {
    const feeds = {
      cves: kev(fresh, { 'CVE-2026-1111': 'listed' }),
      catalogue: catalogue({ withoutUpdate: ['CVE-2026-1111'] }),
    };
    expect(finding('exploited-vulnerability-unpatched', feeds)?.verdict).toBe('unknown');
  });

  it('still lacks what its last scan has shown', () => {
    const host = hostOf(unscanned);
    const before = { ...unscanned, pendingUpdates: pending({ cves: ['CVE-2026-1111'] }) };
    const feeds = { cves: kev(fresh, { 'CVE-2026-1111': 'ransomware' }), catalogue: catalogue() };
    const report = host.report && { ...host.report, remembered: before };
    expect(judge(feeds, unscanned, { report })).toMatchObject({ level: 'high', floors: ['F4-ransomware-exploited'] });
  });
});

describe('how likely a vulnerability is exploited', () => {
  const critical = windowsFacts({ ...kept, pendingUpdates: pending({ cves: ['CVE-2026-1111'] }) });
  const score = (epss: FeedView['epss'], listed: FeedView['cves'] = kev(fresh)) =>
    judge({ cves: listed, epss }, critical).score;
  const of = (likely: number, asOf = fresh): FeedView['epss'] => ({
    value: { asOf, byId: { 'CVE-2026-1111': likely } },
  });

  it('raises the score where no list calls it exploited', () => {
    const scores = [0, 0.2, 0.5, 0.97].map((likely) => score(of(likely)));
    expect(scores).toEqual(scores.toSorted((a, b) => a - b));
    expect(new Set(scores).size).toBe(4);
  });

  it('never lowers it by becoming a fact', () => {
    expect(score(of(0.97), kev(fresh, { 'CVE-2026-1111': 'listed' }))).toBeGreaterThanOrEqual(score(of(0.97)));
  });

  it('is as bad as can be while there is no score, or an old one only', () => {
    expect(score(unknown)).toBe(score(of(1)));
    expect(score(of(0.1, old))).toBe(score(of(1)));
    expect(score({ value: { asOf: fresh, byId: {} } })).toBe(score(of(1)));
  });

  it('matters for critical updates only', () => {
    const moderate = windowsFacts({
      ...kept,
      pendingUpdates: pending({ severity: 'moderate', cves: ['CVE-2026-1111'] }),
    });
    expect(judge({ cves: kev(fresh), epss: of(0.97) }, moderate).score).toBe(
      judge({ cves: kev(fresh), epss: of(0) }, moderate).score,
    );
  });
});

describe('a security update that nobody names a vulnerability for', () => {
  const waiting = windowsFacts({ ...kept, pendingUpdates: pending({ severity: 'important' }) });
  const listed = kev(fresh, { 'CVE-2026-1111': 'ransomware' });
  const named = { cves: listed, catalogue: catalogue(), cvesOfUpdates: { KB1: ['CVE-2026-1111'] } };

  it('may fix what attackers use: losing the catalogue that named it never lowers the score', () => {
    expect(judge({ ...named, catalogue: unknown, cvesOfUpdates: {} }, waiting).score).toBeGreaterThanOrEqual(
      judge(named, waiting).score,
    );
  });

  it('is not known to fix it either, so that the lower end stays', () => {
    const { low, drivers } = judge({ cves: listed }, waiting);
    expect(low).toBeLessThan(55);
    expect(drivers.find(({ factor }) => factor === 'exploited-vulnerabilities')?.state).toBe('unknown');
  });

  it('stays in doubt where the scan that showed it is gone', () => {
    const host = hostOf(unscanned);
    const report = host.report && { ...host.report, remembered: waiting };
    const gone = judge({ cves: listed, catalogue: catalogue() }, unscanned, { report });
    expect(gone.score).toBeGreaterThanOrEqual(judge({ cves: listed }, waiting).score);
  });

  it('is no such doubt where a good catalogue names what it fixes', () => {
    const { drivers } = judge({ ...named, cves: kev(fresh) }, waiting);
    expect(drivers.find(({ factor }) => factor === 'exploited-vulnerabilities')?.state).toBe('good');
  });
});

describe('losing a feed', { timeout: 30_000 }, () => {
  const cves = ['CVE-2026-0001', 'CVE-2026-0002', 'CVE-2026-0003', 'CVE-2019-0708'];
  const update = fc.record({
    id: fc.constantFrom('KB1', 'KB2', 'KB3'),
    severity: fc.constantFrom<UpdateSeverity>('critical', 'important', 'moderate', 'low', 'unspecified'),
    cves: fc.subarray(cves),
  });
  const day = fc.constantFrom(fresh, old);
  const views = fc.record({
    cves: fc.option(
      fc
        .tuple(
          day,
          fc.dictionary(fc.constantFrom(...cves), fc.constantFrom<'listed' | 'ransomware'>('listed', 'ransomware')),
        )
        .map(([asOf, byId]) => kev(asOf, byId)),
      { nil: unknown },
    ),
    epss: fc.option(
      fc
        .record({ asOf: day, byId: fc.dictionary(fc.constantFrom(...cves), fc.constantFrom(0, 0.3, 1)) })
        .map((value) => ({ value })),
      { nil: unknown },
    ),
    cvesOfUpdates: fc.dictionary(fc.constantFrom('KB1', 'KB2', 'KB3'), fc.subarray(cves, { minLength: 1 })),
    catalogue: fc.option(
      fc
        .record({
          asOf: day,
          missing: fc.array(update, { maxLength: 2 }),
          doubtful: fc.array(update, { maxLength: 2 }),
          withoutUpdate: fc.subarray(cves, { maxLength: 1 }),
        })
        .map((value) => catalogue({ ...value, holes: ['h'] })),
      { nil: unknown },
    ),
  });
  const scans = fc.option(
    // What a catalogue of bulletins names a vulnerability for, Windows calls a security update.
    fc
      .array(update, { maxLength: 3 })
      .map((list) => pending(...list.map((one) => ({ ...one, categories: ['Security Updates'] })))),
    { nil: { unknown: 'error' } as const },
  );

  it.each(['cves', 'epss', 'catalogue'] as const)(
    'never lowers the score, and never makes a host green: %s',
    (name) => {
      fc.assert(
        fc.property(views, scans, (feeds, pendingUpdates) => {
          const facts = windowsFacts({ ...kept, pendingUpdates });
          const before = judge(feeds, facts);
          const named = name === 'catalogue' ? { cvesOfUpdates: {} } : {};
          const after = judge({ ...feeds, ...named, [name]: unknown }, facts);
          expect(after.score).toBeGreaterThanOrEqual(before.score);
          expect(after.low).toBeLessThanOrEqual(before.low);
          const isGreen = ['low', 'minimal'].includes(after.level);
          if (isGreen) expect(['low', 'minimal']).toContain(before.level);
        }),
        { numRuns },
      );
    },
  );

  it.each(['cves', 'epss', 'catalogue'] as const)('by age never lowers the score either: %s', (name) => {
    fc.assert(
      fc.property(views, scans, (feeds, pendingUpdates) => {
        const facts = windowsFacts({ ...kept, pendingUpdates });
        const aged = (asOf: string): FeedView => {
          const feed = feeds[name];
          return { ...nothing, ...feeds, [name]: 'value' in feed ? { value: { ...feed.value, asOf } } : feed };
        };
        expect(judge(aged(old), facts).score).toBeGreaterThanOrEqual(judge(aged(fresh), facts).score);
      }),
      { numRuns },
    );
  });
});

it('a verdict ends when a feed that it leans on grows old', () => {
  const nearEnd = '2026-10-21T09:00:00.000Z';
  const { validity } = judge({ cves: kev(nearEnd), catalogue: catalogue() });
  expect(validity.calendarUntil).toBe('2026-11-20T09:00:00.000Z');
});
