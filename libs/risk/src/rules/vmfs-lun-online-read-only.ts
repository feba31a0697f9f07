import { judgeLunState } from '../judge-luns.js';
import type { About, Rule } from '../rule.js';

export const about: About = {
  code: 'WIN-011',
  title: 'A production datastore is online in Windows, read-only',
  safeTitle: 'No VMFS LUN is online read-only',
  signals: ['disks'],
};

/** WIN-011: one attribute away from writable. */
export const vmfsLunOnlineReadOnly: Rule = {
  id: 'vmfs-lun-online-read-only',
  severity: 'high',
  judge: (context) => judgeLunState(context, 'online-read-only', 'online, read-only'),
};
