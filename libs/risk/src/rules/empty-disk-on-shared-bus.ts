import { windowsDisks } from '../drift.js';
import { mayBeShared } from '../drift-of.js';
import { judgeSubject, listed, verdictOf } from '../judging.js';
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
  judge: (_facts, context) =>
    onWindows(context, () =>
      judgeSubject(windowsDisks(context), (disks, place) => {
        const raw = disks.filter((disk) => disk.partitionStyle === 'RAW' && mayBeShared(disk));
        const names = raw.map(({ number }) => `Disk ${number}`);
        if (raw.length > 0) return verdictOf(true, `No partition table on ${listed(names)}`, place);
        const isRead = disks.every((disk) => disk.partitionStyle !== 'unknown' || !mayBeShared(disk));
        const judged = verdictOf(false, isRead ? 'Every SAN disk has a table' : 'Not every table could be read', place);
        return isRead ? judged : { ...judged, verdict: 'unknown' };
      }),
    ),
};
