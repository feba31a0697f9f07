import type { WindowsDisk } from '@lunwarden/contract';
import type { BaselineDisk } from '../baseline.js';
import { judgeDiskDrift } from '../drift.js';
import { isTableChanged } from '../drift-of.js';
import { verdictOfAny } from '../judging.js';
import { type About, besideWindowsLuns, type Rule } from '../rule.js';

const changeOf =
  (before: ReadonlyMap<string, BaselineDisk>) =>
  (disk: WindowsDisk): string => {
    const was = before.get(disk.uniqueId ?? '');
    const styles = `${was?.partitionStyle ?? 'unknown'} to ${disk.partitionStyle}`;
    return was?.partitionStyle === disk.partitionStyle
      ? `Disk ${disk.number}: new identifier`
      : `Disk ${disk.number}: ${styles}`;
  };

export const about: About = {
  code: 'WIN-015',
  title: 'The partition table of a SAN disk changed since the report before',
  safeTitle: 'No partition table of a SAN disk changed since the report before',
  signals: ['disks', 'previous'],
};

/** WIN-015: something wrote the first sectors of a LUN since the report before. */
export const vmfsLunTableChanged: Rule = {
  id: 'vmfs-lun-table-changed',
  severity: 'critical',
  judge: (context) =>
    besideWindowsLuns(context, () =>
      judgeDiskDrift(context, (before, disks, place) => {
        const changed = disks.filter((disk) => isTableChanged(before.get(disk.uniqueId ?? ''), disk));
        return verdictOfAny(changed.map(changeOf(before)), { none: 'Every table is as it was' }, place);
      }),
    ),
};
