import type { WindowsDisk, WindowsFacts } from '@lunwarden/contract';
import {
  daysBefore,
  hostOf,
  linuxFacts,
  type StoryHost,
  type StoryMapView,
  storyMap,
  storyNow,
  vmfsDisk,
  windowsBootDisk,
  windowsDataGptType,
  windowsFacts,
} from '@lunwarden/sample-fleet';
import { describe, expect, it } from 'vitest';
import { assess } from './assess.js';
import { expireAssessment, expireSummary } from './expire.js';
import { summarize } from './summarize.js';
import { titled } from './titled.js';

const hour = 3_600_000;
const day = 24 * hour;
const after = (ms: number, from: string = storyNow): string => new Date(Date.parse(from) + ms).toISOString();
const judged = (host: StoryHost, asOf: string = storyNow) => {
  const assessment = titled(assess(host, asOf));
  return { assessment, summary: summarize(host, assessment) };
};
const isGreen = (host: StoryHost): boolean => ['low', 'minimal'].includes(judged(host).assessment.level);

const recent = { lastUpdateSuccessAt: { value: daysBefore(1) } };
const kept = (facts: Partial<WindowsFacts> = {}): StoryHost => hostOf(windowsFacts({ ...recent, ...facts }));
const sees = (...disks: WindowsDisk[]): Partial<WindowsFacts> => ({ disks: { value: [windowsBootDisk(), ...disks] } });

/** A LUN on a shared bus, online and writable, with a table of Windows on it. */
const foreignLun = (accessPaths: string[]): WindowsDisk =>
  vmfsDisk(1, undefined, {
    isOffline: { value: false },
    isReadOnly: { value: false },
    partitions: {
      value: [{ number: 1, gptType: windowsDataGptType, mbrType: null, sizeBytes: '1', accessPaths }],
    },
  });
/** The story's vCenter, which knows of no datastore here. */
const emptyMap = (of: Partial<StoryMapView['vcenters'][number]>): StoryMapView => ({
  vcenters: storyMap('2026-11-20T05:50:00Z').vcenters.map((one) => ({ ...one, ...of })),
  datastores: [],
});
const gaps = [{ object: 'host-1', path: 'config', reason: 'denied' }];

describe.each([
  ['without a drive letter', []],
  ['mounted as E:', ['E:\\']],
])('a shared LUN with a foreign table, %s, that is on no map', (_name, accessPaths) => {
  const host = (map: StoryMapView): StoryHost => ({ ...kept(sees(foreignLun(accessPaths))), map });

  it('is cleared by maps that are whole and fresh', () => {
    const { assessment, summary } = judged(host(emptyMap({})));
    expect(assessment.exposure).toMatchObject({ vmfsLuns: 0, unmappedLuns: 0, isComplete: true });
    expect(summary).toMatchObject({ vmfsLuns: 0, writableLuns: 0, blastIsComplete: true });
  });

  it.each<[string, StoryMapView]>([
    ['a map that is thirty days old', emptyMap({ collectedAt: after(-30 * day) })],
    ['a map with gaps', emptyMap({ gaps })],
    ['a map from the future', emptyMap({ collectedAt: after(day) })],
    ['a vCenter that was never collected', emptyMap({ collectedAt: null })],
    ['no vCenter at all', { vcenters: [], datastores: [] }],
    [
      'one whole map beside one with gaps',
      { ...emptyMap({}), vcenters: [...emptyMap({}).vcenters, ...emptyMap({ name: 'vcenter-lab', gaps }).vcenters] },
    ],
  ])('is not cleared by %s', (_why, map) => {
    const { assessment, summary } = judged(host(map));
    expect(assessment.exposure).toMatchObject({ vmfsLuns: 1, unmappedLuns: 1, isComplete: false });
    expect(summary).toMatchObject({ blastIsComplete: false, writableLuns: 1 });
    expect(isGreen(host(map))).toBe(false);
  });

  it('is cleared for no longer than the maps hold', () => {
    const collectedAt = '2026-11-20T05:00:00.000Z';
    const { assessment } = judged(host(emptyMap({ collectedAt })));
    expect(assessment.validity.mapUntil).toBe(after(2 * hour, collectedAt));
    expect(assessment.validUntil).toBe(after(2 * hour, collectedAt));
    expect(judged(host(emptyMap({ collectedAt })), assessment.validUntil).summary.vmfsLuns).toBe(1);
  });
});

describe('a list of disks without a disk', () => {
  it.each([
    ['Windows', hostOf(windowsFacts({ ...recent, disks: { value: [] } }))],
    ['Linux', hostOf(linuxFacts({ ...recent, disks: { value: [] } }))],
  ])('is an unread list on %s: no machine is without one', (_platform, host) => {
    const { assessment, summary } = judged(host);
    expect(assessment.exposure).toMatchObject({ visibleDisks: null, vmfsLuns: null, isComplete: false });
    expect(summary).toMatchObject({ vmfsLuns: null, writableLuns: null, blastIsComplete: false });
    expect(isGreen(host)).toBe(false);
  });
});

describe('a date in the future', () => {
  const distant = after(4_000 * day);

  it('proves no update', () => {
    const score = (at: string) => judged(kept({ lastUpdateSuccessAt: { value: at } })).assessment.score;
    expect(isGreen(kept())).toBe(true);
    expect(score(distant)).toBeGreaterThan(score(daysBefore(1)));
    expect(isGreen(kept({ lastUpdateSuccessAt: { value: distant } }))).toBe(false);
  });

  it('does not hide the failure of an update behind a success of it', () => {
    const failed = { id: 'KB1', title: 't', at: daysBefore(1), result: 'failed', hresult: '0x800f0a12' } as const;
    const success = { id: 'KB1', title: 't', at: distant, result: 'succeeded', hresult: null } as const;
    const patch = (updateHistory: WindowsFacts['updateHistory']) => {
      const { assessment } = judged(kept({ updateHistory }));
      return { score: assessment.score, drivers: assessment.drivers.map(({ factor, state }) => ({ factor, state })) };
    };
    expect(patch({ value: [success, failed] })).toEqual(patch({ value: [failed] }));
  });

  it('proves no transport mode', () => {
    const seen = (lastSeenAt: string) =>
      judged(
        kept({
          transport: {
            value: {
              configured: 'virtual-appliance',
              source: 'product',
              observed: [{ mode: 'network', tasks: 3, lastSeenAt }],
            },
          },
        }),
      ).assessment.mode;
    expect(seen(after(-hour))).toMatchObject({ effective: 'network', evidence: 'observed' });
    expect(seen(distant)).toMatchObject({ effective: 'virtual-appliance', evidence: 'configured' });
  });
});

describe('maps and the calendar', () => {
  const server2016 = { caption: '2016', version: '10.0.14393', ubr: 1, edition: 'x', productType: 'server' } as const;
  const collectedAt = '2027-01-12T22:45:00.000Z';
  const now = '2027-01-12T22:50:00.000Z';
  const ending = (facts: Partial<WindowsFacts>): StoryHost => {
    const host = hostOf(
      windowsFacts({ lastUpdateSuccessAt: { value: daysBefore(1, now) }, os: { value: server2016 }, ...facts }),
      { lastSeenAt: now, map: storyMap(collectedAt) },
    );
    return { ...host, report: host.report && { ...host.report, observedAt: now, receivedAt: now } };
  };

  it('each have an end of their own, so that a newer map never moves the end of support', () => {
    const { validity, validUntil } = judged(ending(sees(vmfsDisk(1))), now).assessment;
    expect(validity).toMatchObject({
      mapUntil: '2027-01-13T00:45:00.000Z',
      calendarUntil: '2027-01-13T00:00:00.000Z',
    });
    expect(validUntil).toBe(validity.calendarUntil);
  });

  it('limit nothing where no LUN leans on a map', () => {
    expect(judged(ending(sees()), now).assessment.validity.mapUntil).toBeNull();
  });
});

describe('a verdict that has run out', () => {
  const good = kept({ ...sees(), transport: { value: { configured: 'network', source: 'product' } } });
  const guarded = kept(sees(vmfsDisk(1)));
  const neglected = kept({
    ...sees(vmfsDisk(1, undefined, { isOffline: { value: false }, isReadOnly: { value: false } })),
    automount: { value: 'enabled' },
    sanPolicy: { value: 'OnlineAll' },
  });

  it.each([
    ['without LUNs', good],
    ['with a guarded LUN', guarded],
  ])('shows nothing good in the row of a host %s', (_name, host) => {
    const { summary } = judged(host);
    expect(['low', 'minimal', 'medium']).toContain(summary.level);
    expect(expireSummary(summary, summary.validUntil)).toMatchObject({
      level: 'unknown',
      score: 100,
      completeness: 0,
      patch: 'unknown',
      automount: 'unknown',
      sanPolicy: 'unknown',
      vmfsLuns: summary.vmfsLuns === 0 ? null : summary.vmfsLuns,
      writableLuns: null,
      blastIsComplete: false,
    });
  });

  it('shows nothing good on the page of the host', () => {
    const { assessment } = judged(good);
    const expired = expireAssessment(assessment, assessment.validUntil);
    expect(expired).toMatchObject({ level: 'unknown', score: 100, completeness: 0, patch: { level: 'unknown' } });
    expect(expired.exposure.isComplete).toBe(false);
    for (const mode of expired.modes) {
      expect(mode).toMatchObject({ level: 'unknown', score: 100 });
      expect(mode.unmasked).toMatchObject({ level: 'unknown', score: 100 });
    }
    expect(expired.drivers.filter(({ state }) => state === 'good')).toEqual([]);
    expect(expired.findings.filter(({ verdict }) => verdict === 'safe')).toEqual([]);
  });

  it('shows what was bad as it was', () => {
    const { assessment, summary } = judged(neglected);
    expect(['critical', 'high']).toContain(summary.level);
    const { level, score, automount, sanPolicy, vmfsLuns, writableLuns, topReason } = summary;
    expect(expireSummary(summary, summary.validUntil)).toMatchObject({
      ...{ level, score, automount, sanPolicy, vmfsLuns, writableLuns, topReason },
      blastIsComplete: false,
    });
    const bad = (one: typeof assessment) => ({
      drivers: one.drivers.filter(({ state }) => state === 'bad'),
      findings: one.findings.filter(({ verdict }) => verdict === 'at-risk'),
    });
    const expired = expireAssessment(assessment, assessment.validUntil);
    expect(expired).toMatchObject({ level: assessment.level, score: assessment.score });
    expect(bad(assessment).findings).not.toEqual([]);
    expect(bad(expired)).toEqual(bad(assessment));
  });

  it('is the same object as long as it holds, and stays one that is emptied already', () => {
    const { assessment, summary } = judged(good);
    const last = after(-1, summary.validUntil);
    const alive = { ...summary, lastReportAt: last };
    expect(expireSummary(alive, last)).toBe(alive);
    expect(expireAssessment(assessment, last)).toBe(assessment);
    const expired = expireSummary(summary, after(10 * day));
    expect(expireSummary(expired, after(11 * day))).toBe(expired);
  });
});
