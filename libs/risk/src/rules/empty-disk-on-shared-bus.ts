import { windowsDisks } from '../drift.js';
import { mayBeShared } from '../drift-of.js';
import { judgeSubject, safeOnlyIf, verdictOfAny } from '../judging.js';
import { type About, onWindows, type Rule } from '../rule.js';

export const about: About = {
  code: 'WIN-016',
  title: 'Windows sees a SAN disk without a partition table',
  safeTitle: 'Every SAN disk in sight has a partition table',
  signals: ['disks'],
};

/** WIN-016: Disk Management offers to initialize it the next time somebody opens it. */
export const emptyDiskOnSharedBus: Rule = {
  id: 'empty-disk-on-shared-bus',
  severity: 'medium',
  judge: (context) =>
    onWindows(context, () =>
      judgeSubject(windowsDisks(context), (disks, place) => {
        const raw = disks.filter((disk) => disk.partitionStyle === 'RAW' && mayBeShared(disk));
        const names = raw.map(({ number }) => `Disk ${number}`);
        const isRead = disks.every((disk) => disk.partitionStyle !== 'unknown' || !mayBeShared(disk));
        const none = isRead ? 'Every SAN disk has a table' : 'Not every table could be read';
        return safeOnlyIf(isRead, verdictOfAny(names, { lead: 'No partition table on ', none }, place));
      }),
    ),
};
