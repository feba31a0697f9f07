import { judgeSubject, linuxSubject, verdictOfAny } from '../judging.js';
import { type About, onLinux, type Rule } from '../rule.js';

export const about: About = {
  code: 'LNX-007',
  title: 'The file system of a guest is mounted',
  safeTitle: 'No file system of a guest is mounted',
  signals: ['guestMounts'],
};

/** LNX-007: mounting replays the journal: that changes what is backed up. */
export const guestFileSystemMounted: Rule = {
  id: 'guest-file-system-mounted',
  severity: 'high',
  judge: (context) =>
    onLinux(context, () =>
      judgeSubject(
        linuxSubject(context, {
          name: 'Mounts of guests are',
          source: '/proc/mounts',
          fact: (facts) => facts.guestMounts,
        }),
        (mounts, place) => verdictOfAny(mounts, { lead: 'Mounted: ', none: 'None is mounted' }, place),
      ),
    ),
};
