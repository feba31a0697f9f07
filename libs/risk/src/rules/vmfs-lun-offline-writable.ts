import { judgeLunState } from '../judge-luns.js';
import type { About, Rule } from '../rule.js';

export const about: About = {
  code: 'WIN-012',
  title: 'A production datastore is offline in Windows, but not read-only',
  safeTitle: 'Every offline VMFS LUN is read-only too',
  signals: ['disks'],
};

/** WIN-012: it comes up writable the moment it comes online. */
export const vmfsLunOfflineWritable: Rule = {
  id: 'vmfs-lun-offline-writable',
  severity: 'medium',
  judge: (context) => judgeLunState(context, 'offline-writable', 'offline, not read-only'),
};
