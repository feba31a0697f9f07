import { judgeLunState } from '../judge-luns.js';
import type { Rule } from '../rule.js';

/** WIN-010: nothing stands between Windows and a datastore. */
export const vmfsLunOnlineWritable: Rule = {
  id: 'vmfs-lun-online-writable',
  code: 'WIN-010',
  title: 'A production datastore is online and writable in Windows',
  safeTitle: 'No VMFS LUN is online and writable',
  severity: 'critical',
  why: 'Initialize, format or a signature on this disk destroys the datastore for every VM on it, at once.',
  remedy: [
    'Stop the backup jobs of this proxy. Do not open Disk Management.',
    'Set the disk offline, then read-only: `Set-Disk -Number N -IsOffline $true`, `Set-Disk -Number N -IsReadOnly $true`.',
    'Find out who brought it online, and check the partition table of the LUN from an ESXi host.',
    'Correct SAN policy and automount before the next reboot.',
  ],
  unsafeFix: 'Answering the dialog "You must initialize a disk": that writes a new partition table over the datastore.',
  source: 'Veeam, Direct SAN access requirements; Microsoft, MSFT_Disk',
  signals: ['disks'],
  judge: (_facts, context) => judgeLunState(context, 'online-writable', 'online and writable'),
};
