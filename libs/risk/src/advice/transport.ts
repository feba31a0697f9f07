import type { Advice } from '../rule.js';

/** Transport modes, and what they cost or expose. */
export const transport: Readonly<Record<string, Advice>> = {
  'backup-server-sees-luns': {
    why: 'Who takes over this one host has the credentials of all backups, and can write to production disks.',
    remedy: ['Give the proxy role to another host.', 'Unmask the VMFS LUNs from the backup server.'],
    unsafeFix: null,
    source: 'Veeam, planning of backup proxies',
  },
  'direct-san-falls-back': {
    why: 'The LUNs stay exposed while the data takes the slow way.',
    remedy: [
      'Read the task log: it names the disk that could not be read over the SAN.',
      'Correct zoning for it, or drop Direct SAN on this host and unmask the LUNs.',
    ],
    unsafeFix: null,
    source: 'Veeam, failover to network mode',
  },
  'snapshot-mode-beside-production-luns': {
    why: 'Backup from storage snapshots reads clones; the production LUNs are exposed for nothing.',
    remedy: ['Unmask the production LUNs; leave the initiator group for the snapshots.'],
    unsafeFix: null,
    source: 'Veeam, backup from storage snapshots',
  },
  'automatic-mode-beside-luns': {
    why: 'Automatic selection takes Direct SAN wherever it can: a zoning mistake becomes a transport mode.',
    remedy: ['Set the transport mode of this proxy to the one that you mean.'],
    unsafeFix: null,
    source: 'Veeam, transport mode: automatic selection',
  },
  'automount-enabled-with-hot-add': {
    why: 'Windows mounts the volumes of guests, replays their journals and may write signatures: the backup changes what it reads.',
    remedy: [
      'In diskpart: `automount disable`, and with no disk attached `automount scrub`.',
      'Check it after each update of the backup product.',
    ],
    unsafeFix: null,
    source: 'VMware, VDDK programming guide; Veeam, Virtual Appliance mode',
  },
  'disks-left-attached': {
    why: 'The guest cannot consolidate its snapshot; deleting the guest fails half-way, and a reboot of the proxy may lock its disk.',
    remedy: [
      'Check that no task of this proxy runs.',
      'In the settings of the proxy VM, remove the disks that are listed here. Do not delete their files.',
      'Consolidate the disks of the guests.',
    ],
    unsafeFix: '"Remove from VM and delete files from disk".',
    source: 'VMware, VDDK hot-add clean-up; vCheck',
  },
  'snapshots-left-behind': {
    why: 'The snapshot grows with every write of the guest, until its datastore is full and all VMs on it stop.',
    remedy: ['Check that no backup of the VM runs.', 'Delete the snapshot, or consolidate.'],
    unsafeFix: null,
    source: 'Broadcom, consolidation of snapshots; vCheck',
  },
  'proxy-vm-is-backed-up': {
    why: 'A snapshot of the proxy takes in the disks of guests that hang on it at that moment.',
    remedy: ['Exclude the proxy VM from its jobs, or protect it while no task can run.'],
    unsafeFix: null,
    source: 'Veeam, Virtual Appliance mode limitations',
  },
  'proxy-vm-has-snapshots': {
    why: 'Disks that are attached while a snapshot stands become part of its chain.',
    remedy: ['Stop the tasks of this proxy.', 'Delete its snapshots.'],
    unsafeFix: null,
    source: 'VMware, VDDK hot-add',
  },
  'network-mode-unencrypted': {
    why: 'Whoever can listen between ESXi and this proxy reads the disks of all VMs that are backed up.',
    remedy: [
      'In the proxy settings, turn on host to proxy encryption in Network mode.',
      'Watch the CPU of the ESXi hosts in the first night.',
    ],
    unsafeFix: null,
    source: 'Veeam, traffic encryption; Security & Compliance Analyzer',
  },
};
