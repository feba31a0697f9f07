import { judgeSubject, verdictOf, windowsSubject } from '../judging.js';
import { besideWindowsLuns, type Rule } from '../rule.js';

/** WIN-005: letters that Windows remembers come back with their disks. */
export const mountPointsNotScrubbed: Rule = {
  id: 'mount-points-not-scrubbed',
  code: 'WIN-005',
  title: 'Windows remembers mount points of disks that are gone',
  safeTitle: 'Windows remembers no mount point of an absent disk',
  severity: 'low',
  signals: ['staleMountPoints', 'disks'],
  judge: (_facts, context) =>
    besideWindowsLuns(context, () =>
      judgeSubject(
        windowsSubject(context, {
          name: 'Remembered mount points are',
          source: 'MountedDevices',
          fact: (facts) => facts.staleMountPoints,
        }),
        (count, place) => verdictOf(count > 0, `${count} mount points of absent volumes are remembered`, place),
      ),
    ),
};
