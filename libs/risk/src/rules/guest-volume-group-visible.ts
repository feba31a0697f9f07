import { type About, judgeReading, onLinux, type Rule } from '../rule.js';

export const about: About = {
  code: 'LNX-003',
  title: 'Volume groups of guests are visible to LVM',
  safeTitle: 'No volume group of a guest is visible to LVM',
  signals: ['foreignVolumeGroups'],
};

/** LNX-003: activating it writes metadata into the disks of a guest. */
export const guestVolumeGroupVisible: Rule = {
  id: 'guest-volume-group-visible',
  severity: 'high',
  judge: (context) => onLinux(context, () => judgeReading(context.signals.foreignVolumes, (areThere) => areThere)),
};
