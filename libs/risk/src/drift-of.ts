import type { SanPolicy, WindowsDisk } from '@lunwarden/contract';
import type { BaselineDisk } from './baseline.js';
import { localBusTypes } from './policy/lun-signs.js';
import { weights } from './policy/weights.js';
import { isVmfsPartition } from './seen-disk.js';

// What counts as drift: asked by the rules, and by whoever decides what the next report is compared with.

/** Windows leaves a new SAN disk offline under both: of these neither is weaker than the other. */
const guarding: readonly SanPolicy[] = ['OfflineAll', 'OfflineShared'];

export const isPolicyWeaker = (was: SanPolicy, is: SanPolicy): boolean =>
  !guarding.includes(is) && weights.sanPolicy[is] > weights.sanPolicy[was];

/** Only what both reports read can have changed; a disk that Windows starts from is Windows' own. */
export function isTableChanged(before: BaselineDisk | undefined, disk: WindowsDisk): boolean {
  if (before === undefined || disk.isBoot || disk.isSystem) return false;
  // An empty LUN that becomes a datastore is what a vCenter makes of it; Windows writes no such partition.
  if (before.partitionStyle === 'RAW' && isVmfs(disk)) return false;
  const styles = [before.partitionStyle, disk.partitionStyle];
  if (!styles.includes('unknown') && before.partitionStyle !== disk.partitionStyle) return true;
  return before.signature !== null && disk.signature !== null && before.signature !== disk.signature;
}

const isVmfs = ({ partitions }: WindowsDisk): boolean =>
  'value' in partitions && partitions.value.some(isVmfsPartition);

/** Another host may write there too: a LUN, or what nobody can tell from one. */
export const mayBeShared = ({ busType, isBoot, isSystem }: BaselineDisk): boolean =>
  !isBoot && !isSystem && !localBusTypes.includes(busType);

/** Shared disks that are not known to be offline. */
export const wakefulShared = (disks: readonly BaselineDisk[]): BaselineDisk[] =>
  disks.filter((disk) => mayBeShared(disk) && !('value' in disk.isOffline && disk.isOffline.value));

/** Shared disks that sit at another number than before. */
export const movedNumbers = (
  before: ReadonlyMap<string, BaselineDisk>,
  disks: readonly BaselineDisk[],
): { was: number; is: number }[] =>
  disks.filter(mayBeShared).flatMap(({ uniqueId, number }) => {
    const was = before.get(uniqueId ?? '')?.number ?? number;
    return was === number ? [] : [{ was, is: number }];
  });
