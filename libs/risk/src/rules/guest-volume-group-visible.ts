import { judgeReading, onLinux, type Rule } from '../rule.js';

/** LNX-003: activating it writes metadata into the disks of a guest. */
export const guestVolumeGroupVisible: Rule = {
  id: 'guest-volume-group-visible',
  code: 'LNX-003',
  title: 'Volume groups of guests are visible to LVM',
  safeTitle: 'No volume group of a guest is visible to LVM',
  severity: 'high',
  signals: ['foreignVolumeGroups'],
  judge: (_facts, context) =>
    onLinux(context, () => judgeReading(context.signals.foreignVolumes, (areThere) => areThere)),
};
