import { type About, besideLuns, judgeReading, type Rule } from '../rule.js';

export const about: About = {
  code: 'WIN-014',
  title: 'The partition table of a production datastore was replaced',
  safeTitle: 'Every VMFS LUN still shows its VMFS partition',
  signals: ['disks', 'map'],
};

/** WIN-014: something else has written its partitions where a datastore was. */
export const vmfsLunOverwritten: Rule = {
  id: 'vmfs-lun-overwritten',
  severity: 'critical',
  judge: (context) => besideLuns(context, () => judgeReading(context.signals.overwritten, (is) => is)),
};
