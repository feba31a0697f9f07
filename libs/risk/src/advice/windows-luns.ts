import type { Advice } from '../rule.js';

/** VMFS LUNs as Windows sees them. */
export const windowsLuns: Readonly<Record<string, Advice>> = {
  'vmfs-lun-online-writable': {
    why: 'Initialize, format or a signature on this disk destroys the datastore for every VM on it, at once.',
    remedy: [
      'Stop the backup jobs of this proxy. Do not open Disk Management.',
      'Set the disk offline, then read-only: `Set-Disk -Number N -IsOffline $true`, `Set-Disk -Number N -IsReadOnly $true`.',
      'Find out who brought it online, and check the partition table of the LUN from an ESXi host.',
      'Correct SAN policy and automount before the next reboot.',
    ],
    unsafeFix:
      'Answering the dialog "You must initialize a disk": that writes a new partition table over the datastore.',
    source: 'Veeam, Direct SAN access requirements; Microsoft, MSFT_Disk',
  },
  'vmfs-lun-online-read-only': {
    why: 'Whoever clears the read-only attribute, for a restore or by a script, makes the datastore writable at once.',
    remedy: [
      'Set the disk offline: `Set-Disk -Number N -IsOffline $true`.',
      'Run one test job: Direct SAN reads offline disks.',
    ],
    unsafeFix: '`attributes disk clear readonly` on all disks to make one restore work.',
    source: 'VMware, VDDK programming guide; Veeam, Direct SAN access requirements',
  },
  'vmfs-lun-offline-writable': {
    why: 'Windows remembers disk states by number: after a reboot or a re-zoning the disk may come online, and then it is writable.',
    remedy: [
      'If no Direct SAN restore is running: `Set-Disk -Number N -IsReadOnly $true`.',
      'After each Direct SAN restore, set read-only again.',
    ],
    unsafeFix: null,
    source: 'Veeam, Direct SAN restore; Microsoft, MSFT_Disk',
  },
  'vmfs-lun-mounted': {
    why: 'Windows treats the volume as its own: check disk, indexing or a format will write over the datastore.',
    remedy: [
      'Stop all work on this host. Do not reboot it and do not run chkdsk.',
      'Unmask the LUN from this host at the array.',
      'Check the datastore from an ESXi host, and open a storage case before anything is rescanned.',
    ],
    unsafeFix: 'Formatting or "repairing" the volume because Windows says that it is not formatted.',
    source: 'Veeam, Direct SAN access requirements',
  },
  'vmfs-lun-overwritten': {
    why: 'The VMFS partition is gone from the table: ESXi will not mount the datastore after the next rescan or reboot. The data is usually still there, until somebody writes again.',
    remedy: [
      'Stop all work on this host. Do not reboot ESXi hosts and do not rescan.',
      'Unmask the LUN from this host at the array.',
      'Move running VMs off the datastore while it still works.',
      'Open a storage case: the partition table can often be written again from the copy in VMFS.',
    ],
    unsafeFix: 'Formatting, initializing or `clean` to "repair" the disk: that writes over what can still be saved.',
    source: 'Veeam, Direct SAN access requirements; Broadcom, VMFS partition recovery',
  },
  'vmfs-lun-table-changed': {
    why: 'Somebody or something wrote the first sectors. If the LUN holds a datastore, ESXi may lose it at the next rescan.',
    remedy: [
      'Do not reboot ESXi hosts and do not rescan.',
      'Compare the partition table from an ESXi host: `partedUtil getptbl`.',
      'If it was not a planned change, unmask the LUN from this host and open a storage case.',
    ],
    unsafeFix: 'Bringing the disk online to have a look.',
    source: 'Microsoft, MSFT_Disk PartitionStyle and Signature',
  },
  'empty-disk-on-shared-bus': {
    why: 'To Windows a disk without a table is a new disk: Disk Management offers to initialize it, and that dialog writes.',
    remedy: [
      'Do not open Disk Management on this host.',
      'Identify the LUN by its identifier at the array.',
      'Set it offline, and unmask it if this host does not need it.',
    ],
    unsafeFix: 'Answering "You must initialize a disk".',
    source: 'Microsoft, Disk Management',
  },
  'disk-identity-collides': {
    why: 'When the second disk comes online, Windows writes a new identity to it: a write into the first sectors of a LUN.',
    remedy: [
      'Leave the disk offline.',
      'Find the copy: a snapshot, a clone or a replica that was presented to this host.',
      'Unmask the copy.',
    ],
    unsafeFix: 'Bringing the disk online: that is when Windows writes.',
    source: 'Microsoft, MSFT_Disk OfflineReason 4',
  },
  'snapshot-lun-visible': {
    why: 'Original and copy look alike; a restore or a repair may go to the wrong one, and coming online may write a new identity.',
    remedy: [
      'Unmask the copy, or give this host an initiator group of its own.',
      'Check that each datastore is in sight once.',
    ],
    unsafeFix: null,
    source: 'Veeam, backup from storage snapshots; Microsoft, MSFT_Disk OfflineReason 3',
  },
  'disk-numbers-moved': {
    why: 'Windows keeps online and read-only by disk number. After the numbers moved, the state of one disk applies to another.',
    remedy: [
      'Set every VMFS LUN offline, then read-only.',
      'Check each by its identifier, not by its number: `Get-Disk | Select Number,UniqueId,IsOffline,IsReadOnly`.',
      'Correct scripts that name a disk by its number.',
    ],
    unsafeFix: 'Scripts with `select disk N`.',
    source: 'Microsoft, Get-Disk; Veeam forum, disk numbers after re-zoning',
  },
};
