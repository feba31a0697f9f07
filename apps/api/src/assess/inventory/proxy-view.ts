import type { Known } from '@lunwarden/contract';
import type { ProxyVm as ProxyView } from '@lunwarden/risk';
import { isBackupSnapshot, type ProxyVm } from '@lunwarden/store';
import type { InventoryIndex } from './inventory-index.js';

/** A disk that hangs there for longer than a night's backup was forgotten, whatever tasks run. */
const longestBackupMs = 24 * 3_600_000;

/** A VM of the maps as the rules ask for it. What it cannot prove is unknown, and says why. */
export function proxyView(vm: ProxyVm, index: InventoryIndex): ProxyView {
  return {
    name: vm.name,
    ...disksOf(vm),
    snapshots: vm.areSnapshotsTold ? { value: vm.snapshots } : notTold('the map does not tell of snapshots'),
    isInBackupJob: backedUp(vm),
    hotAdd: vm.cluster === null ? notTold('no ESXi host runs the proxy') : { value: index.reachOf(vm.cluster) },
  };
}

const notTold = (detail: string): { unknown: 'not_collected'; detail: string } => ({
  unknown: 'not_collected',
  detail,
});

/**
 * Hot-add leaves what it reads under a snapshot: a disk whose VM has none, or that hangs for longer than a backup lasts,
 * serves no task. Of the others nobody outside the backup product can say whether one runs.
 */
function disksOf(vm: ProxyVm): Pick<ProxyView, 'foreignDisks' | 'isWorking'> {
  const isLeft = ({ since, ownerHasSnapshot, isIndependent }: ProxyVm['foreignDisks'][number]): boolean => {
    const age = Date.parse(vm.collectedAt) - Date.parse(since);
    return age >= longestBackupMs || (age > 0 && isIndependent && ownerHasSnapshot === false);
  };
  const left = vm.foreignDisks.filter(isLeft);
  const shown = (left.length > 0 ? left : vm.foreignDisks).map(({ file, owner }) => ({ file, vm: owner }));
  const foreignDisks: Known<typeof shown> =
    shown.length > 0 || vm.areDisksCurrent
      ? { value: shown }
      : notTold('the disks of the proxy VM are read with the next map');
  const isWorking: Known<boolean> =
    left.length > 0 ? { value: false } : notTold('a backup may be at work: only the backup product knows its tasks');
  return { foreignDisks, isWorking };
}

/** A snapshot or a borrowed disk proves a job; their absence proves nothing. */
function backedUp({ snapshots, lentTo }: ProxyVm): Known<boolean> {
  if (lentTo.length > 0 || snapshots.some(isBackupSnapshot)) return { value: true };
  return notTold('no trace of a backup of the proxy, and the jobs are not known');
}
