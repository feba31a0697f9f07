import { judgeLunState } from '../judge-luns.js';
import type { Rule } from '../rule.js';

/** WIN-012: it comes up writable the moment it comes online. */
export const vmfsLunOfflineWritable: Rule = {
  id: 'vmfs-lun-offline-writable',
  code: 'WIN-012',
  title: 'A production datastore is offline in Windows, but not read-only',
  safeTitle: 'Every offline VMFS LUN is read-only too',
  severity: 'medium',
  why: 'Windows remembers disk states by number: after a reboot or a re-zoning the disk may come online, and then it is writable.',
  remedy: [
    'If no Direct SAN restore is running: `Set-Disk -Number N -IsReadOnly $true`.',
    'After each Direct SAN restore, set read-only again.',
  ],
  unsafeFix: null,
  source: 'Veeam, Direct SAN restore; Microsoft, MSFT_Disk',
  signals: ['disks'],
  judge: (_facts, context) => judgeLunState(context, 'offline-writable', 'offline, not read-only'),
};
