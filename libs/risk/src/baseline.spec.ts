import type { WindowsDisk, WindowsFacts } from '@lunwarden/contract';
import { storyNaa, vmfsDisk, vmfsGptType, windowsBootDisk } from '@lunwarden/sample-fleet';
import { describe, expect, it } from 'vitest';
import { type Baseline, nextBaseline } from './baseline.js';
import { beside, findingOf, linuxBeside, unknown } from './testing/cases.js';

const luns = (...disks: WindowsDisk[]): Partial<WindowsFacts> => ({ disks: { value: [windowsBootDisk(), ...disks] } });
const one = (change: Partial<WindowsDisk> = {}) => luns(vmfsDisk(1, undefined, change));
const online = { isOffline: { value: false } };

/** The verdict after each of these reports, the newest compared as a server compares it. */
function verdicts(rule: string, reports: Partial<WindowsFacts>[]): (string | undefined)[] {
  let baseline: Baseline | null = null;
  return reports.map((report) => {
    const facts = beside(report);
    const isFirst = baseline === null;
    baseline = nextBaseline(baseline, facts);
    return findingOf(rule, facts, { previous: isFirst ? null : { facts: baseline, observedAt: null } })?.verdict;
  });
}

const onlineAll = { sanPolicy: { value: 'OnlineAll' } } as const;
const enabled = { automount: { value: 'enabled' } } as const;
const unrelated = { staleMountPoints: { value: 0 }, pendingReboot: { value: ['CBS RebootPending'] } };

describe('a guard that was weakened', () => {
  it('stays found through reports about other things, until it is set again', () => {
    expect(
      verdicts('guard-weakened', [{}, onlineAll, { ...onlineAll, ...unrelated }, onlineAll, {}, unrelated]),
    ).toEqual(['not-applicable', 'at-risk', 'at-risk', 'at-risk', 'safe', 'safe']);
  });

  it('stays found when it is weakened less, and while nobody can read it is not called safe', () => {
    const internal = { sanPolicy: { value: 'OfflineInternal' } } as const;
    expect(verdicts('guard-weakened', [{}, onlineAll, internal])).toEqual(['not-applicable', 'at-risk', 'at-risk']);
    expect(verdicts('guard-weakened', [{}, { sanPolicy: unknown }, onlineAll])).toEqual([
      'not-applicable',
      'unknown',
      'at-risk',
    ]);
  });

  it('is told guard by guard', () => {
    expect(verdicts('guard-weakened', [{}, enabled, { ...enabled, ...onlineAll }, onlineAll, {}])).toEqual([
      'not-applicable',
      'at-risk',
      'at-risk',
      'at-risk',
      'safe',
    ]);
  });

  it('is none where one policy that keeps SAN disks offline takes the place of the other', () => {
    const all = { sanPolicy: { value: 'OfflineAll' } } as const;
    expect(verdicts('guard-weakened', [all, {}, all])).toEqual(['not-applicable', 'safe', 'safe']);
  });
});

describe('a partition table that changed', () => {
  const mbr = one({ partitionStyle: 'MBR' });

  it('stays found until it is as before', () => {
    expect(verdicts('vmfs-lun-table-changed', [{}, mbr, { ...mbr, ...unrelated }, {}])).toEqual([
      'not-applicable',
      'at-risk',
      'at-risk',
      'safe',
    ]);
  });

  it('is found across a report that could not read it, or not even the list', () => {
    for (const blind of [one({ partitionStyle: 'unknown', signature: null }), { disks: unknown }])
      expect(verdicts('vmfs-lun-table-changed', [{}, blind, mbr]).at(-1)).toBe('at-risk');
  });

  it('is what a vCenter does where an empty LUN becomes a datastore, and an alarm where Windows writes', () => {
    const raw = one({ partitionStyle: 'RAW', partitions: { value: [] } });
    expect(verdicts('vmfs-lun-table-changed', [raw, one()]).at(-1)).toBe('safe');
    const basic = { number: 1, gptType: null, mbrType: 7, sizeBytes: '1', accessPaths: [] };
    const written = one({ partitionStyle: 'MBR', partitions: { value: [basic] } });
    expect(verdicts('vmfs-lun-table-changed', [raw, written]).at(-1)).toBe('at-risk');
    expect(vmfsGptType).toMatch(/^aa31e02a/);
  });
});

describe('disk numbers that moved', () => {
  const before = luns(vmfsDisk(1, storyNaa(1), online), vmfsDisk(2, storyNaa(2)));
  const swapped = luns(vmfsDisk(2, storyNaa(1)), vmfsDisk(1, storyNaa(2), online));

  it('stay found until every shared disk is offline again', () => {
    const guarded = luns(vmfsDisk(2, storyNaa(1)), vmfsDisk(1, storyNaa(2)));
    expect(verdicts('disk-numbers-moved', [before, swapped, { ...swapped, ...unrelated }, guarded])).toEqual([
      'not-applicable',
      'at-risk',
      'at-risk',
      'safe',
    ]);
  });
});

it('takes a host that has become another system as a first report', () => {
  const linux = nextBaseline(nextBaseline(null, beside()), linuxBeside());
  expect(linux).toEqual({ platform: 'linux' });
  expect(nextBaseline(linux, beside(onlineAll))).toMatchObject({ sanPolicy: { value: 'OnlineAll' } });
});

it('begins with a disk list that nobody could read, and with a disk that has no name', () => {
  const lost = nextBaseline(null, beside({ disks: unknown }));
  expect(lost).toMatchObject({ disks: unknown });
  expect(nextBaseline(lost, beside(one()))).toMatchObject({ disks: { value: [{ number: 0 }, { number: 1 }] } });
  const nameless = one({ uniqueId: null });
  expect(
    verdicts('disk-numbers-moved', [nameless, luns(vmfsDisk(7, undefined, { uniqueId: null, ...online }))]),
  ).toEqual(['not-applicable', 'safe']);
  const added = luns(vmfsDisk(1), vmfsDisk(2, storyNaa(2), online));
  expect(verdicts('disk-numbers-moved', [one(), added])).toEqual(['not-applicable', 'safe']);
});

it('keeps of a disk what it is compared by, and nothing else', () => {
  const kept = ['busType', 'isBoot', 'isOffline', 'isSystem', 'number', 'partitionStyle', 'signature', 'uniqueId'];
  for (const first of [nextBaseline(null, beside()), nextBaseline(nextBaseline(null, beside()), beside())])
    for (const disk of first.platform === 'windows' && 'value' in first.disks ? first.disks.value : [{}])
      expect(Object.keys(disk).toSorted()).toEqual(kept);
});

it('finds a signature that changed across a report that could not read it', () => {
  const signed = (signature: string | null) => one({ signature });
  expect(verdicts('vmfs-lun-table-changed', [signed('a'), signed(null), signed('b')]).at(-1)).toBe('at-risk');
  expect(verdicts('vmfs-lun-table-changed', [signed('a'), signed(null), signed('a')]).at(-1)).toBe('safe');
  expect(verdicts('vmfs-lun-table-changed', [signed(null), signed('a'), signed('b')]).at(-1)).toBe('at-risk');
});

it('takes no table of a disk that Windows starts from for a datastore', () => {
  for (const own of [{ isBoot: true }, { isSystem: true }]) {
    const disks = (partitionStyle: 'GPT' | 'MBR') =>
      luns(vmfsDisk(1), vmfsDisk(2, storyNaa(2), { ...own, partitionStyle }));
    expect(verdicts('vmfs-lun-table-changed', [disks('GPT'), disks('MBR')])).toEqual(['not-applicable', 'safe']);
  }
});
