import type { WindowsDisk } from '@lunwarden/contract';
import {
  datastoreOn,
  hostOf,
  mapOf,
  type StoryHost,
  storyNaa,
  storyNow,
  vmfsDisk,
  windowsBootDisk,
  windowsDataGptType,
  windowsFacts,
} from '@lunwarden/sample-fleet';
import { describe, expect, it } from 'vitest';
import { assess } from './assess.js';
import { seenLuns } from './seen-luns.js';

const fresh = '2026-11-20T06:00:00Z';
const twoDatastores = mapOf(
  [datastoreOn(storyNaa(1), 'gold', [1, 2, 3]), datastoreOn(storyNaa(2), 'silver', [3, 4])],
  fresh,
);
const withDisks = (disks: WindowsDisk[], overrides: Partial<StoryHost> = {}): StoryHost =>
  hostOf(windowsFacts({ disks: { value: [windowsBootDisk(), ...disks] } }), { map: twoDatastores, ...overrides });
const exposureOf = (host: StoryHost) => assess(host, storyNow).exposure;
const noPartitions: Partial<WindowsDisk> = { partitionStyle: 'RAW', partitions: { value: [] } };

describe('exposure', () => {
  it.each([
    ['no vCenter', { vcenters: [], datastores: [] }, 'No vCenter is connected'],
    ['an old export', { isImported: true, collectedAt: '2026-11-19T06:00:00Z' }, 'import a newer export'],
    ['an old map', { collectedAt: '2026-11-19T06:00:00Z' }, 'clears no LUN for longer than 2 hours'],
    ['no whole map', { collectedAt: null }, 'never read whole'],
  ] as const)('says what the maps lack where it is not complete: %s', (_name, lack, words) => {
    const vcenters = 'vcenters' in lack ? [] : twoDatastores.vcenters.map((one) => ({ ...one, ...lack }));
    const exposure = exposureOf(withDisks([vmfsDisk(9)], { map: { vcenters, datastores: [] } }));
    expect(exposure.isComplete).toBe(false);
    expect(exposure.gaps?.join()).toContain(words);
    expect(exposureOf(withDisks([vmfsDisk(1)]))).not.toHaveProperty('gaps');
  });

  it.each([
    ['stale', { isStale: true }, false],
    ['new-generation', { isNewGeneration: true }, false],
    // Both objects carry the VMs of both: the count is an upper bound already.
    ['copy', { isCopy: true }, true],
  ] as const)('of a datastore that is in doubt (%s) keeps its VMs and says so', (doubt, flag, isComplete) => {
    const [gold] = twoDatastores.datastores;
    if (gold === undefined) throw new Error('the story lost its datastore');
    const map = { ...twoDatastores, datastores: [{ ...gold, ...flag }] };
    const host = withDisks([vmfsDisk(1)], { map });
    expect(exposureOf(host)).toMatchObject({ vms: 3, isComplete, datastores: [{ vms: 3, doubts: [doubt] }] });
    const sure = assess(withDisks([vmfsDisk(1)]), storyNow);
    expect(assess(host, storyNow).score).toBeGreaterThanOrEqual(sure.score);
    expect(seenLuns(host)?.flatMap(({ datastores }) => datastores)).toMatchObject([{ doubts: [doubt] }]);
  });

  it('joins a disk to its datastores by any of its keys, and counts a shared VM once', () => {
    const exposure = exposureOf(withDisks([vmfsDisk(1), vmfsDisk(2)]));
    expect(exposure).toMatchObject({ vmfsLuns: 2, unmappedLuns: 0, vms: 4, isComplete: true, mapCollectedAt: fresh });
    expect(exposure.datastores.map(({ name, vms }) => [name, vms])).toEqual([
      ['gold', 3],
      ['silver', 2],
    ]);
  });

  it('counts a VMFS partition that no map knows as VMFS with unknown contents', () => {
    const exposure = exposureOf(withDisks([vmfsDisk(9)]));
    expect(exposure).toMatchObject({ vmfsLuns: 1, unmappedLuns: 1, vms: 0, isComplete: false });
  });

  it('counts an empty disk on a shared bus that no map knows as VMFS with unknown contents', () => {
    expect(exposureOf(withDisks([vmfsDisk(9, undefined, noPartitions)]))).toMatchObject({
      vmfsLuns: 1,
      unmappedLuns: 1,
      isComplete: false,
    });
  });

  it('treats a bus that it does not know like a shared one', () => {
    expect(exposureOf(withDisks([vmfsDisk(9, undefined, { ...noPartitions, busType: 99 })])).vmfsLuns).toBe(1);
    expect(exposureOf(withDisks([vmfsDisk(9, undefined, { ...noPartitions, busType: 11 })])).vmfsLuns).toBe(0);
  });

  it('leaves the volumes of the host itself alone', () => {
    const repository = vmfsDisk(9, undefined, {
      partitions: {
        value: [{ number: 1, gptType: windowsDataGptType, mbrType: null, sizeBytes: '1', accessPaths: ['R:\\'] }],
      },
    });
    expect(exposureOf(withDisks([repository]))).toMatchObject({ vmfsLuns: 0, isComplete: true });
  });

  it('calls Windows partitions where the map says VMFS an overwrite, and nothing else', () => {
    const overwritten = vmfsDisk(1, undefined, {
      partitions: {
        value: [{ number: 1, gptType: windowsDataGptType, mbrType: null, sizeBytes: '1', accessPaths: [] }],
      },
    });
    const assessment = assess(withDisks([overwritten]), storyNow);
    expect(assessment).toMatchObject({ score: 100, low: 100, level: 'critical' });
    expect(assessment.floors).toContain('F1-overwrite-evidence');
  });

  it('joins nothing by a key that two different disks share', () => {
    const host = withDisks([vmfsDisk(1), vmfsDisk(5, storyNaa(1), { sizeBytes: '1', serialNumber: 'other' })]);
    expect(exposureOf(host)).toMatchObject({ vmfsLuns: 2, unmappedLuns: 2, vms: 0, isComplete: false });
  });

  it('takes two paths of one LUN as one, in the worse of their states', () => {
    const host = withDisks([vmfsDisk(1), vmfsDisk(7, storyNaa(1), { isOffline: { value: false } })]);
    expect(exposureOf(host)).toMatchObject({ visibleDisks: 3, vmfsLuns: 1, vms: 3, isComplete: true });
    expect(seenLuns(host)?.find(({ device }) => device === 'Disk 1, Disk 7')?.state).toBe('online-read-only');
  });

  it('still counts what an old list and an old map show, as a lower bound', () => {
    const host = withDisks([vmfsDisk(1)], {
      map: mapOf([datastoreOn(storyNaa(1), 'gold', [1, 2])], '2026-11-01T00:00:00Z'),
    });
    const old = { ...host, report: host.report && { ...host.report, observedAt: '2026-11-10T00:00:00Z' } };
    expect(exposureOf(old)).toMatchObject({ visibleDisks: null, vmfsLuns: 1, vms: 2, isComplete: false });
  });

  it('does not take an old list without LUNs for a host without LUNs', () => {
    const host = withDisks([]);
    const old = { ...host, report: host.report && { ...host.report, observedAt: '2026-11-10T00:00:00Z' } };
    expect(exposureOf(old)).toMatchObject({ vmfsLuns: null, isComplete: false });
  });

  it('is not touched by another vCenter that has been down for days', () => {
    const down = { name: 'vcenter-lab', collectedAt: '2026-11-01T00:00:00Z', gaps: [] };
    const map = { ...twoDatastores, vcenters: [...twoDatastores.vcenters, down] };
    expect(exposureOf(withDisks([vmfsDisk(1)], { map })).isComplete).toBe(true);
  });
});
