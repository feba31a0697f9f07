import { judgeLunState } from '../judge-luns.js';
import type { About, Rule } from '../rule.js';

export const about: About = {
  code: 'WIN-010',
  title: 'A production datastore is online and writable in Windows',
  safeTitle: 'No VMFS LUN is online and writable',
  signals: ['disks'],
};

/** WIN-010: nothing stands between Windows and a datastore. */
export const vmfsLunOnlineWritable: Rule = {
  id: 'vmfs-lun-online-writable',
  severity: 'critical',
  judge: (context) => judgeLunState(context, 'online-writable', 'online and writable'),
};
