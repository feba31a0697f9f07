import { judgeLunState } from '../judge-luns.js';
import type { Rule } from '../rule.js';

/** WIN-011: one attribute away from writable. */
export const vmfsLunOnlineReadOnly: Rule = {
  id: 'vmfs-lun-online-read-only',
  code: 'WIN-011',
  title: 'A production datastore is online in Windows, read-only',
  safeTitle: 'No VMFS LUN is online read-only',
  severity: 'high',
  why: 'Whoever clears the read-only attribute, for a restore or by a script, makes the datastore writable at once.',
  remedy: [
    'Set the disk offline: `Set-Disk -Number N -IsOffline $true`.',
    'Run one test job: Direct SAN reads offline disks.',
  ],
  unsafeFix: '`attributes disk clear readonly` on all disks to make one restore work.',
  source: 'VMware, VDDK programming guide; Veeam, Direct SAN access requirements',
  signals: ['disks'],
  judge: (_facts, context) => judgeLunState(context, 'online-read-only', 'online, read-only'),
};
