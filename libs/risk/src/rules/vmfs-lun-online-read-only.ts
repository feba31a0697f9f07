import { judgeLunState } from '../judge-luns.js';
import type { Rule } from '../rule.js';

/** WIN-011: one attribute away from writable. */
export const vmfsLunOnlineReadOnly: Rule = {
  id: 'vmfs-lun-online-read-only',
  code: 'WIN-011',
  title: 'A production datastore is online in Windows, read-only',
  safeTitle: 'No VMFS LUN is online read-only',
  severity: 'high',
  signals: ['disks'],
  judge: (_facts, context) => judgeLunState(context, 'online-read-only', 'online, read-only'),
};
