import { disksBefore, judgeDrift, windowsDisks } from '../drift.js';
import { movedNumbers, wakefulShared } from '../drift-of.js';
import { judgeSubject, listed, notKnown, verdictOf } from '../judging.js';
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
  judge: (_facts, context) =>
    besideWindowsLuns(context, () =>
      judgeDrift(context, (facts) => {
        const before = disksBefore(facts);
        if (before === null)
          return notKnown('The earlier disk list is not known', { source: 'report before', at: null });
        return judgeSubject(windowsDisks(context), (disks, place) => {
          const moved = movedNumbers(before, disks).map(({ was, is }) => `Disk ${was} is now Disk ${is}`);
          const wasOnline = wakefulShared([...before.values(), ...disks]).length > 0;
          return verdictOf(
            moved.length > 0 && wasOnline,
            moved.length === 0 ? 'Every number is as it was' : listed(moved),
            place,
          );
        });
      }),
    ),
};
