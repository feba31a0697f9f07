import type { WindowsDisk } from '@lunwarden/contract';
import {
  datastoreOn,
  hostOf,
  linuxFacts,
  linuxVmfsDisk,
  mapOf,
  storyNaa,
  vmfsDisk,
  windowsBootDisk,
  windowsFacts,
} from '@lunwarden/sample-fleet';
import { describe, expect, it } from 'vitest';
import type { Facts } from './facts.js';
import { seenLuns } from './seen-luns.js';
import { unknown } from './testing/cases.js';

const gold = datastoreOn(storyNaa(1), 'gold', [1]);
const map = mapOf([gold], '2026-11-20T05:50:00Z');
const lun = (number: number, of = number, change: Partial<WindowsDisk> = {}) => vmfsDisk(number, storyNaa(of), change);
const host = (...disks: WindowsDisk[]): Facts => hostOf(windowsFacts({ disks: { value: disks } }), { map });
const devices = (...disks: WindowsDisk[]) => seenLuns(host(...disks))?.map(({ device }) => device);
const at = (...accessPaths: string[]): Partial<WindowsDisk> => ({
  partitions: { value: [{ number: 1, gptType: null, mbrType: 0xfb, sizeBytes: '1', accessPaths }] },
});

describe('the disks that a host sees', () => {
  it('stand in the order in which people count', () => {
    expect(devices(lun(10), lun(2), lun(1))).toEqual(['Disk 1', 'Disk 2', 'Disk 10']);
    const disk = (name: string, of: number) => linuxVmfsDisk(of, storyNaa(of), { name });
    const facts = linuxFacts({ disks: { value: [disk('sdaa', 1), disk('sdz', 2), disk('sdb', 3)] } });
    expect(seenLuns(hostOf(facts))?.map(({ device }) => device)).toEqual(['sdb', 'sdz', 'sdaa']);
  });

  it('are one where they are paths of one LUN, however these are told', () => {
    expect(devices(lun(11, 1), lun(3, 1), lun(2), lun(9, 1))).toEqual(['Disk 2', 'Disk 3, Disk 9, Disk 11']);
    const [joined] = seenLuns(host(lun(3, 1, at('E:\\', 'D:\\')), lun(9, 1, at('E:\\')), lun(4, 1))) ?? [];
    expect(joined).toMatchObject({ mounts: ['D:\\', 'E:\\'], datastores: [{ name: 'gold' }], isVmfs: 'yes' });
  });

  it('name the folders of the one path that is mounted', () => {
    expect(seenLuns(host(lun(1, 1, at('F:\\', 'E:\\'))))?.[0]?.mounts).toEqual(['E:\\', 'F:\\']);
    expect(seenLuns(host(lun(1, 1, at('E:\\')), lun(2, 1, { partitions: unknown })))?.[0]?.mounts).toEqual(['E:\\']);
  });

  it.each([
    ['sizes', { sizeBytes: '7' }],
    ['serial numbers', { serialNumber: 'other' }],
  ])('are not one where their %s differ: then the name says nothing', (_what, change) => {
    const seen = seenLuns(host(lun(1), lun(2, 1, change)));
    expect(seen?.map(({ device, datastores }) => [device, datastores])).toEqual([
      ['Disk 1', []],
      ['Disk 2', []],
    ]);
  });

  it('are one where only one of them tells a serial number', () => {
    expect(devices(lun(1), lun(2, 1, { serialNumber: null }))).toEqual(['Disk 1, Disk 2']);
  });

  it('are no longer one LUN with more paths than any array has', () => {
    const paths = (count: number) => Array.from({ length: count }, (_, index) => lun(index + 1, 1));
    expect(seenLuns(host(...paths(64)))).toHaveLength(1);
    expect(seenLuns(host(...paths(65)))).toHaveLength(65);
  });

  it('tell a device list no longer than a wire takes', () => {
    const [joined] = seenLuns(host(...Array.from({ length: 40 }, (_, index) => lun(index + 1, 1)))) ?? [];
    expect(joined?.device).toHaveLength(128);
  });

  it('are in a state only where both ends of what is known agree', () => {
    const state = (change: Partial<WindowsDisk>) => seenLuns(host(lun(1, 1, change)))?.[0]?.state;
    expect(state({})).toBe('offline-read-only');
    expect(state({ isReadOnly: { value: false } })).toBe('offline-writable');
    expect(state({ isOffline: { value: false } })).toBe('online-read-only');
    expect(state({ isOffline: unknown })).toBe('unknown');
  });

  it('name every datastore on them, those on several LUNs with each, in a settled order', () => {
    const second = { ...datastoreOn(storyNaa(1), 'silver', [2], 'datastore-0'), id: 'a/first' };
    const both = { ...mapOf([gold, second], '2026-11-20T05:50:00Z') };
    const spanning = {
      ...both,
      datastores: [{ ...gold, extents: [...gold.extents, ...datastoreOn(storyNaa(2), 'x', []).extents] }, second],
    };
    const names = (view: Facts['map']) =>
      seenLuns({ ...host(lun(1), lun(2)), map: view })?.map(({ datastores }) => datastores.map(({ name }) => name));
    const byId = gold.id < second.id ? ['gold', 'silver'] : ['silver', 'gold'];
    expect(names(both)).toEqual([byId, []]);
    expect(names(spanning)).toEqual([byId, ['gold']]);
  });

  it('are what the report showed, however old it is, and nobody knows them where no list was ever read', () => {
    const old = host(lun(1));
    const report = old.report && { ...old.report, observedAt: null, receivedAt: '2026-01-01T00:00:00Z' };
    expect(seenLuns({ ...old, report })).toMatchObject([{ device: 'Disk 1', datastores: [{ name: 'gold' }] }]);
    expect(seenLuns({ ...old, report: null })).toBeNull();
    expect(seenLuns(hostOf(windowsFacts({ disks: unknown })))).toBeNull();
  });

  it('are in the state that was read, also where the report was long on its way', () => {
    const { report } = host(lun(1));
    const late = report && { ...report, observedAt: '2026-11-19T06:00:00Z', receivedAt: '2026-11-20T06:00:00Z' };
    expect(seenLuns({ ...host(lun(1)), report: late })?.[0]?.state).toBe('offline-read-only');
  });

  it('are each remembered by their own number', () => {
    const open = { isOffline: { value: false }, isReadOnly: { value: false } } as const;
    const lost = { isOffline: unknown, isReadOnly: unknown } as const;
    const before = host(lun(1, 1, open), lun(2));
    const now = host(lun(1, 1, lost), lun(2, 2, lost));
    const report = now.report && before.report && { ...now.report, remembered: before.report.facts };
    const states = seenLuns({ ...now, report })?.map(({ state }) => state);
    expect(states).toEqual(['online-writable', 'unknown']);
  });

  it('are cleared by the newest map also where the report is older than it', () => {
    const own = lun(5, 5, {
      partitions: { value: [{ number: 1, gptType: null, mbrType: 7, sizeBytes: '1', accessPaths: ['R:\\'] }] },
    });
    const clear = (collectedAt: string | null) => seenLuns({ ...host(own), map: mapOf([], collectedAt) })?.[0]?.isVmfs;
    expect(clear('2026-11-20T05:50:00Z')).toBe('no');
    expect(clear('2026-11-20T09:00:00Z')).toBe('no');
    expect(clear('2026-11-19T05:50:00Z')).toBe('unknown');
    expect(clear(null)).toBe('unknown');
  });

  it('tell nothing of the disk that the host starts from', () => {
    expect(seenLuns(host(windowsBootDisk()))).toMatchObject([{ isVmfs: 'no', mounts: ['C:\\'], datastores: [] }]);
  });
});
