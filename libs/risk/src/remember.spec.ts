import type { LinuxDisk, WindowsDisk } from '@lunwarden/contract';
import { linuxFacts, linuxVmfsDisk, storyNaa, vmfsDisk, windowsBootDisk, windowsFacts } from '@lunwarden/sample-fleet';
import { describe, expect, it } from 'vitest';
import { hasGaps, rememberFacts } from './remember.js';
import { unknown } from './testing/cases.js';

const windows = (...disks: WindowsDisk[]) => windowsFacts({ disks: { value: disks } });
const linux = (...disks: LinuxDisk[]) => linuxFacts({ disks: { value: disks } });
const writable = { isReadOnly: { value: false } } as const;
const blind = { isOffline: unknown, isReadOnly: unknown, partitions: unknown } as const;

describe('what is remembered of a host', () => {
  it('is the older value only where the newer one could not be read', () => {
    const before = windowsFacts({ sanPolicy: { value: 'OnlineAll' }, automount: { value: 'enabled' } });
    const remembered = rememberFacts(before, windowsFacts({ sanPolicy: unknown }));
    expect(remembered).toMatchObject({ sanPolicy: { value: 'OnlineAll' }, automount: { value: 'disabled' } });
  });

  it('is why nobody knows it now, where nobody knew it before either', () => {
    const before = windowsFacts({ sanPolicy: { unknown: 'timeout' } });
    const remembered = rememberFacts(before, windowsFacts({ sanPolicy: unknown }));
    expect(remembered).toMatchObject({ sanPolicy: unknown });
    const lun = (why: 'timeout' | 'denied') => windows(vmfsDisk(1, undefined, { isOffline: { unknown: why } }));
    expect(rememberFacts(lun('timeout'), lun('denied'))).toEqual(lun('denied'));
  });

  it('leaves the newer report as it is where there is none before, or one of another system', () => {
    const next = windowsFacts({ sanPolicy: unknown });
    expect(rememberFacts(null, next)).toBe(next);
    expect(rememberFacts(linuxFacts(), next)).toBe(next);
    const nextLinux = linuxFacts({ lvmGuard: unknown });
    expect(rememberFacts(windowsFacts(), nextLinux)).toBe(nextLinux);
    expect(rememberFacts(linuxFacts({ lvmGuard: { value: 'none' } }), nextLinux)).toMatchObject({
      lvmGuard: { value: 'none' },
    });
  });

  it('fills in what could not be read of a disk, and nothing that could', () => {
    const before = windows(vmfsDisk(1, undefined, { ...writable, isOffline: { value: false } }));
    const next = windows(vmfsDisk(1, undefined, { isReadOnly: unknown, partitions: unknown, sizeBytes: '7' }));
    const kept = vmfsDisk(1, undefined, { ...writable, sizeBytes: '7' });
    expect(rememberFacts(before, next)).toEqual(windows(kept));
  });

  it('follows a disk by its identifier to another number, not whoever sits where it sat', () => {
    const before = windows(vmfsDisk(1, storyNaa(1), writable), vmfsDisk(2, storyNaa(2)));
    const next = windows(vmfsDisk(1, storyNaa(2), blind), vmfsDisk(2, storyNaa(1), blind));
    expect(rememberFacts(before, next)).toEqual(windows(vmfsDisk(1, storyNaa(2)), vmfsDisk(2, storyNaa(1), writable)));
  });

  it('takes the serial number where there is no identifier, and the number where there is neither', () => {
    const nameless = (number: number, serialNumber: string | null, change: Partial<WindowsDisk>) =>
      vmfsDisk(number, undefined, { uniqueId: null, serialNumber, ...change });
    const bySerial = rememberFacts(windows(nameless(1, 'A', writable)), windows(nameless(5, 'A', blind)));
    expect(bySerial).toEqual(windows(nameless(5, 'A', writable)));
    const byNumber = (number: number) =>
      rememberFacts(windows(nameless(1, null, writable)), windows(nameless(number, null, blind)));
    expect(byNumber(1)).toEqual(windows(nameless(1, null, writable)));
    expect(byNumber(2)).toEqual(windows(nameless(2, null, blind)));
  });

  it('knows a Linux disk by all of its names in any order, and by its device where it has none', () => {
    const open = { readOnly: { value: false } } as const;
    const lost = { readOnly: unknown, partitions: unknown } as const;
    const disk = linuxVmfsDisk(1, undefined, open);
    const renamed = linuxVmfsDisk(1, undefined, { ...lost, name: 'dm-9', ids: disk.ids.toReversed() });
    expect(rememberFacts(linux(disk), linux(renamed))).toMatchObject({
      disks: { value: [{ name: 'dm-9', readOnly: { value: false }, partitions: disk.partitions }] },
    });
    const half = linuxVmfsDisk(1, undefined, { ...lost, ids: disk.ids.slice(0, 1) });
    expect(rememberFacts(linux(disk), linux(half))).toEqual(linux(half));
    const bare = (name: string, change: Partial<LinuxDisk>) =>
      linuxVmfsDisk(1, undefined, { name, ids: [], ...change });
    expect(rememberFacts(linux(bare('sdb', open)), linux(bare('sdb', lost)))).toEqual(linux(bare('sdb', open)));
    expect(rememberFacts(linux(bare('sdb', open)), linux(bare('sdc', lost)))).toEqual(linux(bare('sdc', lost)));
  });

  it('keeps a whole list that could not be read this time, and forgets a disk that left a list that was', () => {
    const before = windows(windowsBootDisk(), vmfsDisk(1));
    expect(rememberFacts(before, windowsFacts({ disks: unknown }))).toMatchObject({ disks: before.disks });
    expect(rememberFacts(before, windows(windowsBootDisk()))).toEqual(windows(windowsBootDisk()));
    expect(rememberFacts(windowsFacts({ disks: unknown }), before)).toEqual(before);
  });
});

describe('gaps in a report', () => {
  it('are found at whatever depth, and nowhere else', () => {
    expect(hasGaps(windowsFacts())).toBe(false);
    expect(hasGaps(windowsFacts({ sanPolicy: unknown }))).toBe(true);
    expect(hasGaps(windows(vmfsDisk(1, undefined, { isOffline: unknown })))).toBe(true);
    for (const plain of [null, 'unknown', 7, [], {}]) expect(hasGaps(plain)).toBe(false);
  });
});
