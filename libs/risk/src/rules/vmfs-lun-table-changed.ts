import type { WindowsDisk } from '@lunwarden/contract';
import type { BaselineDisk } from '../baseline.js';
import { disksBefore, judgeDrift, windowsDisks } from '../drift.js';
import { isTableChanged } from '../drift-of.js';
import { judgeSubject, listed, notKnown, verdictOf } from '../judging.js';
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
  judge: (_facts, context) =>
    besideWindowsLuns(context, () =>
      judgeDrift(context, (facts) => {
        const before = disksBefore(facts);
        if (before === null)
          return notKnown('The earlier disk list is not known', { source: 'report before', at: null });
        return judgeSubject(windowsDisks(context), (disks, place) => {
          const changed = disks.filter((disk) => isTableChanged(before.get(disk.uniqueId ?? ''), disk));
          const text = changed.length === 0 ? 'Every table is as it was' : listed(changed.map(changeOf(before)));
          return verdictOf(changed.length > 0, text, place);
        });
      }),
    ),
};
