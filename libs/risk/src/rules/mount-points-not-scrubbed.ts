import { judgeSubject, verdictOf, windowsSubject } from '../judging.js';
import { type About, besideWindowsLuns, type Rule } from '../rule.js';

export const about: About = {
  code: 'WIN-005',
  title: 'Windows remembers mount points of disks that are gone',
  safeTitle: 'Windows remembers no mount point of an absent disk',
  signals: ['staleMountPoints', 'disks'],
};

/** WIN-005: letters that Windows remembers come back with their disks. */
export const mountPointsNotScrubbed: Rule = {
  id: 'mount-points-not-scrubbed',
  severity: 'low',
  judge: (context) =>
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
