import { judgeDiskDrift } from '../drift.js';
import { movedNumbers, wakefulShared } from '../drift-of.js';
import { listed, verdictOf } from '../judging.js';
import { type About, besideWindowsLuns, type Rule } from '../rule.js';

export const about: About = {
  code: 'WIN-019',
  title: 'LUNs changed their disk numbers, and one of them was online',
  safeTitle: 'No LUN changed its disk number since the report before',
  signals: ['disks', 'previous'],
};

/** WIN-019: Windows keeps the state of a disk by its number: the states now belong to other LUNs. */
export const diskNumbersMoved: Rule = {
  id: 'disk-numbers-moved',
  severity: 'high',
  judge: (context) =>
    besideWindowsLuns(context, () =>
      judgeDiskDrift(context, (before, disks, place) => {
        const moved = movedNumbers(before, disks).map(({ was, is }) => `Disk ${was} is now Disk ${is}`);
        const wasOnline = wakefulShared([...before.values(), ...disks]).length > 0;
        return verdictOf(
          moved.length > 0 && wasOnline,
          moved.length === 0 ? 'Every number is as it was' : listed(moved),
          place,
        );
      }),
    ),
};
