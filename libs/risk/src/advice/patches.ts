import type { Advice } from '../rule.js';

/** Missing updates, failed updates, and what they lead to. */
export const patches: Readonly<Record<string, Advice>> = {
  'updates-missing': {
    why: 'Whoever takes over this host reads every backup and, where LUNs are in sight, every production disk.',
    remedy: [
      'Stop the backup jobs of this proxy.',
      'Unmask its VMFS LUNs, and check that none is left in sight.',
      'Install the updates and reboot.',
      'Check SAN policy and automount, present the LUNs again, check that each is offline and read-only.',
    ],
    unsafeFix: null,
    source: 'Microsoft, Windows Update Agent API',
  },
  'update-failed-with-trap-code': {
    why: 'The installer cannot write to a partition without a drive letter; the fix found first turns automount on for all disks.',
    remedy: [
      'Stop the backup jobs and unmask the VMFS LUNs; check that none is left in sight.',
      'Give a letter to the one partition that the installer needs: `mountvol S: /S`, or assign one to System Reserved on the boot disk.',
      'Install the update and reboot.',
      'Remove the letter. Check that automount is disabled and SAN policy is OfflineShared.',
      'Present the LUNs again, and check that each is offline and read-only.',
    ],
    unsafeFix: '`automount enable` and a reboot: the update installs, and every LUN in sight may be mounted.',
    source: 'Microsoft, KB976932 and error 0x800f0a12; KB5028997',
  },
  'reboot-pending': {
    why: 'Windows may number its disks anew when it starts, and disk states follow the number, not the LUN.',
    remedy: [
      'Choose a window without backup jobs.',
      'Unmask the VMFS LUNs, reboot, check SAN policy and automount, present the LUNs again.',
    ],
    unsafeFix: null,
    source: 'Microsoft, Component Based Servicing; Get-Disk',
  },
  'exploited-vulnerability-unpatched': {
    why: 'It is not a question whether somebody can use it: somebody does. Backup hosts are what ransomware looks for first.',
    remedy: [
      'Install the update in the next window, not in the next month.',
      'Stop the backup jobs and unmask the VMFS LUNs; check that none is left in sight.',
      'Install, reboot, check the guards, present the LUNs again.',
      'Until then: no internet access from this host, and administration from one network only.',
    ],
    unsafeFix: null,
    source: 'CISA, Known Exploited Vulnerabilities',
  },
  'updates-overdue': {
    why: 'Each month adds vulnerabilities that are published and not fixed here.',
    remedy: [
      'Plan a window; the first update after a long time is the one that fails.',
      'Stop the backup jobs and unmask the VMFS LUNs; check that none is left in sight.',
      'Install in small steps, reboot, check the guards.',
    ],
    unsafeFix: null,
    source: 'Microsoft, Windows Update history',
  },
  'trap-update-pending': {
    why: 'When it fails, the fix that everybody finds opens the LUNs. Knowing it before is the cheapest moment.',
    remedy: [
      'Check the room on the boot and recovery partitions first.',
      'Follow the runbook of this page: unmask first, one partition by its role, never a disk by its number.',
    ],
    unsafeFix: 'What the first search result says.',
    source: 'Lunwarden, catalogue of traps',
  },
  'boot-partition-too-small': {
    why: 'The next update of the boot store or the recovery environment fails, with a code whose popular fix endangers LUNs.',
    remedy: [
      'Plan it before the update, not after its failure.',
      'Stop the backup jobs and unmask the VMFS LUNs; check that none is left in sight.',
      'Make room on the partition that is named here; find it by its role (IsBoot, IsSystem), never by a disk number.',
    ],
    unsafeFix: 'Scripts that shrink and delete partitions of "disk 0"; partition managers that scan every disk.',
    source: 'Microsoft, KB5028997',
  },
  'os-upgrade-pending': {
    why: 'An in-place upgrade clears NoAutoMount, and brings a disk online that was online once.',
    remedy: [
      'Block the upgrade by policy (target release version).',
      'Build a new proxy beside this one instead.',
      'If it must be upgraded: unmask every LUN first, and check every guard before presenting them again.',
    ],
    unsafeFix: 'Letting it finish because it was offered as an update.',
    source: 'Microsoft, SAN policy after an upgrade; KB5044284',
  },
  'updates-install-by-themselves': {
    why: 'The default is three in the morning, among the backup jobs, with every LUN in sight.',
    remedy: ['Set AUOptions to 3, or hand updates to a tool that unmasks LUNs first.'],
    unsafeFix: null,
    source: 'Microsoft, Windows Update policy AUOptions',
  },
  'restart-is-forced': {
    why: 'The host restarts whatever hangs on it: disks stay attached to it, and disk numbers may move.',
    remedy: ['Turn AlwaysAutoRebootAtScheduledTime off on proxies.'],
    unsafeFix: null,
    source: 'Microsoft, Windows Update policy AlwaysAutoRebootAtScheduledTime',
  },
  'os-support-ended': {
    why: 'What is found in it from now on will be published and not fixed.',
    remedy: [
      'Build a new proxy on a supported system, and move the jobs.',
      'Unmask the LUNs from the old one the day it is replaced.',
    ],
    unsafeFix: 'An in-place upgrade beside the LUNs.',
    source: 'endoflife.date and the lifecycle pages of the vendors',
  },
  'os-below-service-pack': {
    why: 'No security update installs any more. The service pack that is missing is the one that fails with 0x800f0a12 on a host without automount.',
    remedy: [
      'Follow the runbook of this page.',
      'Stop the backup jobs and unmask the VMFS LUNs; check that none is left in sight.',
      'Give a letter to the System Reserved partition only: then Service Pack 1 installs.',
      'Better: build a new proxy on a supported system.',
    ],
    unsafeFix: '`automount enable` and a restart.',
    source: 'Microsoft, KB976932 and error 0x800f0a12',
  },
};
