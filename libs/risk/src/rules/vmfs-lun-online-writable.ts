import { judgeLunState } from '../judge-luns.js';
import type { Rule } from '../rule.js';

/** WIN-010: nothing stands between Windows and a datastore. */
export const vmfsLunOnlineWritable: Rule = {
  id: 'vmfs-lun-online-writable',
  code: 'WIN-010',
  title: 'A production datastore is online and writable in Windows',
  safeTitle: 'No VMFS LUN is online and writable',
  severity: 'critical',
  signals: ['disks'],
  judge: (_facts, context) => judgeLunState(context, 'online-writable', 'online and writable'),
};
