import type { HostFacts, Known, WindowsDisk, WindowsFacts } from '@lunwarden/contract';
import { isPolicyWeaker, isTableChanged, movedNumbers, wakefulShared } from './drift-of.js';

/** What drift is told from: the guards of a host, and of each disk its seat, its table and whether it was online. */
export type Baseline =
  | { platform: 'linux' }
  | (Pick<WindowsFacts, 'platform' | 'sanPolicy' | 'automount'> & { disks: Known<BaselineDisk[]> });

export type BaselineDisk = Pick<
  WindowsDisk,
  'number' | 'uniqueId' | 'busType' | 'isBoot' | 'isSystem' | 'isOffline' | 'partitionStyle' | 'signature'
>;

/**
 * What the report after `facts` is compared with. Fact by fact it is the last value that was read and was no drift:
 * an unknown fact replaces nothing, and a drift stays a drift until it is undone, however many reports come between.
 * @param before null = `facts` are the first of this host
 */
export function nextBaseline(before: Baseline | null, facts: HostFacts): Baseline {
  if (facts.platform === 'linux') return { platform: 'linux' };
  if (before?.platform !== 'windows')
    return { ...guardsOf(facts), disks: mapKnown(facts.disks, (all) => all.map(seat)) };
  return {
    platform: 'windows',
    sanPolicy: next(before.sanPolicy, facts.sanPolicy, isPolicyWeaker),
    automount: next(before.automount, facts.automount, (was, is) => was === 'disabled' && is === 'enabled'),
    disks: nextDisks(before.disks, facts.disks),
  };
}

const guardsOf = ({ platform, sanPolicy, automount }: WindowsFacts) => ({ platform, sanPolicy, automount });

function next<T>(before: Known<T>, now: Known<T>, isDrift: (was: T, is: T) => boolean): Known<T> {
  if (!('value' in now)) return before;
  return 'value' in before && isDrift(before.value, now.value) ? before : now;
}

/** A disk that left a list that was read is gone. */
function nextDisks(before: Known<BaselineDisk[]>, now: Known<WindowsDisk[]>): Known<BaselineDisk[]> {
  if (!('value' in now)) return before;
  if (!('value' in before)) return mapKnown(now, (all) => all.map(seat));
  const older = byIdentity(before.value);
  // The states that Windows keeps by number belong to other LUNs until none of them can be online any more.
  const hasMoved = movedNumbers(older, now.value).length > 0 && wakefulShared(now.value).length > 0;
  return { value: now.value.map((disk) => nextDisk(older.get(disk.uniqueId ?? ''), disk, hasMoved)) };
}

function nextDisk(before: BaselineDisk | undefined, disk: WindowsDisk, hasMoved: boolean): BaselineDisk {
  const now = seat(disk);
  if (before === undefined) return now;
  const { number, isOffline, partitionStyle, signature } = before;
  const kept = hasMoved ? { ...now, number, isOffline } : now;
  if (isTableChanged(before, disk)) return { ...kept, partitionStyle, signature };
  return {
    ...kept,
    partitionStyle: now.partitionStyle === 'unknown' ? partitionStyle : now.partitionStyle,
    signature: now.signature ?? signature,
  };
}

const seat = ({
  number,
  uniqueId,
  busType,
  isBoot,
  isSystem,
  isOffline,
  partitionStyle,
  signature,
}: WindowsDisk): BaselineDisk => ({
  number,
  uniqueId,
  busType,
  isBoot,
  isSystem,
  isOffline,
  partitionStyle,
  signature,
});

/** Disks by what they are, not where they sit; one without an identifier cannot be told from another. */
export const byIdentity = (disks: readonly BaselineDisk[]): ReadonlyMap<string, BaselineDisk> =>
  new Map(disks.flatMap((disk) => (disk.uniqueId === null ? [] : [[disk.uniqueId, disk] as const])));

const mapKnown = <T, U>(known: Known<T>, map: (value: T) => U): Known<U> =>
  'value' in known ? { value: map(known.value) } : known;
