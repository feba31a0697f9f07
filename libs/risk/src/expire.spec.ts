import type { Assessment, HostSummary } from '@lunwarden/contract';
import { hostOf, storyNow, vmfsDisk, windowsBootDisk, windowsFacts } from '@lunwarden/sample-fleet';
import { describe, expect, it } from 'vitest';
import { assess } from './assess.js';
import { expireAssessment, expireSummary } from './expire.js';
import { summarize } from './summarize.js';
import { titled } from './titled.js';

const host = hostOf(windowsFacts({ disks: { value: [windowsBootDisk(), vmfsDisk(1)] } }));
const assessment = titled(assess(host, storyNow));
const summary = summarize(host, assessment);
const minute = 60_000;
const after = (ms: number, from: string): string => new Date(Date.parse(from) + ms).toISOString();
const heardAt = summary.lastReportAt ?? '';
/** Long after everything ran out. */
const later = '2026-12-24T00:00:00Z';
const expired = (change: Partial<HostSummary>, now = later): HostSummary =>
  expireSummary({ ...summary, ...change }, now);
const expiredPage = (change: Partial<Assessment>): Assessment => expireAssessment({ ...assessment, ...change }, later);

describe('a row whose verdict has run out', () => {
  it('runs out at the very instant until which it was valid', () => {
    const { validUntil, level } = summary;
    expect(expireSummary({ ...summary, lastReportAt: validUntil }, after(-1, validUntil)).level).toBe(level);
    expect(expireSummary({ ...summary, lastReportAt: validUntil }, validUntil).level).toBe('unknown');
  });

  it.each([
    ['critical', 'critical', 88],
    ['high', 'high', 88],
    ['medium', 'unknown', 100],
    ['low', 'unknown', 100],
    ['minimal', 'unknown', 100],
  ] as const)('of level %s is %s, with a score of %d', (level, then, score) => {
    expect(expired({ level, score: 88 })).toMatchObject({ level: then, score });
    const page = expiredPage({ level, score: 88 });
    expect(page).toMatchObject({ level: then, score });
    const [mode] = expiredPage({ modes: assessment.modes.map((one) => ({ ...one, level, score: 88 })) }).modes;
    expect(mode).toMatchObject({ level: then, score });
  });

  it.each([
    ['patch', 'high', 'high'],
    ['patch', 'medium', 'unknown'],
    ['patch', 'none', 'unknown'],
    ['automount', 'disabled', 'unknown'],
    ['automount', 'enabled', 'enabled'],
    ['automount', 'not-applicable', 'not-applicable'],
    ['sanPolicy', 'OfflineShared', 'unknown'],
    ['sanPolicy', 'OfflineAll', 'unknown'],
    ['sanPolicy', 'OfflineInternal', 'OfflineInternal'],
    ['sanPolicy', 'OnlineAll', 'OnlineAll'],
    ['vmfsLuns', 0, null],
    ['vmfsLuns', 3, 3],
    ['writableLuns', 0, null],
    ['writableLuns', 2, 2],
  ] as const)('shows %s %s as %s', (name, was, is) => {
    expect(expired({ [name]: was })[name]).toBe(is);
  });

  it('says why nothing is known any more, and goes on to say what is bad', () => {
    const topReason = 'A production datastore is online';
    expect(expired({ topReason }).topReason).toBe('Not known: the facts behind the last verdict are too old');
    expect(expired({ topReason, level: 'high' }).topReason).toBe(topReason);
    expect(expired({ topReason, level: 'unknown', completeness: 0.5 }).topReason).toBe(topReason);
  });

  it('is emptied of whatever is left: a known share, or a reach that is complete', () => {
    const empty = { level: 'unknown', completeness: 0, blastIsComplete: false } as const;
    expect(expired({ level: 'unknown', completeness: 0.4, blastIsComplete: false })).toMatchObject(empty);
    expect(expired({ level: 'unknown', completeness: 0, blastIsComplete: true })).toMatchObject(empty);
    expect(expired({ ...empty, vmfsLuns: 0 }).vmfsLuns).toBe(0);
  });
});

describe('the state of a row', () => {
  it('is silent after a quarter of an hour without a word, not before', () => {
    const alive = { ...summary, validUntil: later };
    expect(expireSummary(alive, after(15 * minute, heardAt)).state).toBe('reporting');
    expect(expireSummary(alive, after(15 * minute + 1, heardAt)).state).toBe('silent');
    expect(expireSummary({ ...alive, lastReportAt: null }, after(60 * minute, heardAt)).state).toBe('reporting');
  });

  it('is stale once the report itself is too old, however the row looked before', () => {
    const end = after(summary.validity.reportMs ?? 0, summary.observedAt ?? '');
    for (const state of ['reporting', 'silent'] as const) {
      expect(expired({ state, lastReportAt: end }, end).state).toBe('stale');
      expect(expired({ state, lastReportAt: end }, after(-1, end)).state).toBe(state);
    }
  });

  it('is not stale because a map, or a report of no known age, ran out', () => {
    const heard = { lastReportAt: later };
    expect(expired({ ...heard, observedAt: null }).state).toBe('reporting');
    expect(expired({ ...heard, validity: { ...summary.validity, reportMs: null } }).state).toBe('reporting');
    expect(expired({ ...heard, validUntil: after(1, later) }).state).toBe('reporting');
  });

  it.each(['never-reported', 'identity-conflict', 'stale'] as const)('stays %s', (state) => {
    expect(expired({ state }).state).toBe(state);
  });
});

describe('a page whose verdict has run out', () => {
  it('keeps what is bad, driver by driver and finding by finding', () => {
    const [driver] = assessment.drivers;
    const [finding] = assessment.findings;
    if (driver === undefined || finding === undefined) throw new Error('the host has neither drivers nor findings');
    const page = expiredPage({
      drivers: (['good', 'bad', 'unknown'] as const).map((state) => ({ ...driver, state })),
      findings: (['safe', 'at-risk', 'unknown', 'not-applicable'] as const).map((verdict) => ({ ...finding, verdict })),
    });
    expect(page.drivers.map(({ state }) => state)).toEqual(['unknown', 'bad', 'unknown']);
    expect(page.findings.map(({ verdict }) => verdict)).toEqual(['unknown', 'at-risk', 'unknown', 'not-applicable']);
    expect(page).toMatchObject({ completeness: 0, exposure: { isComplete: false } });
  });

  it('knows no patch exposure any more but a high one', () => {
    const detail = 'x';
    expect(expiredPage({ patch: { level: 'high', detail } }).patch).toEqual({ level: 'high', detail });
    expect(expiredPage({ patch: { level: 'low', detail } }).patch).toEqual({ level: 'unknown', detail });
  });

  it('runs out at the very instant until which it was valid', () => {
    expect(expireAssessment(assessment, after(-1, assessment.validUntil))).toBe(assessment);
    expect(expireAssessment(assessment, assessment.validUntil).level).toBe('unknown');
  });
});
