import type { Trap } from './trap.js';

/** What to tell an operator who is about to step into a trap. */
export type TrapText = {
  /** The fix that is found first. */
  popularFix: string;
  whyDangerous: string;
  /** Ordered steps; the LUNs are unmasked before any of them. */
  safeFix: readonly string[];
  source: string;
};

export const trapTexts: Readonly<Record<Trap['id'], TrapText>> = {
  'TRAP-01': {
    popularFix: '`automount enable` and a restart, then install again.',
    whyDangerous: 'Automount is a guard of the whole host: it opens every LUN in sight to reach one small partition.',
    safeFix: [
      'Give a letter to the System Reserved partition of the disk with IsBoot or IsSystem, and to no other.',
      'Install the service pack, restart, remove the letter.',
    ],
    source: 'Microsoft, KB976932 and error 0x800f0a12',
  },
  'TRAP-02': {
    popularFix:
      'KB5028997: shrink, delete and create the recovery partition again with diskpart, or a copied script that does.',
    whyDangerous:
      '`select disk 0` names a seat, and disks move seats on SAN hosts; `delete partition override` on another disk is final.',
    safeFix: [
      'If the host uses no WinRE (`reagentc /info`) or no BitLocker, leave the update out: it is not needed there.',
      'Else find the partition through the disk with IsBoot, and resize it there.',
    ],
    source: 'Microsoft, KB5034439, KB5034440, KB5034441 and KB5028997',
  },
  'TRAP-03': {
    popularFix: 'The same resizing of the recovery partition, or hiding the update.',
    whyDangerous:
      'The failure may be false: the update was installed and reported as failed, and the repair is all risk.',
    safeFix: ['Read the note of the vendor on this update first.', 'Do not repartition for it.'],
    source: 'Microsoft, KB5057589',
  },
  'TRAP-04': {
    popularFix: 'Third-party partition managers, or Disk Management, to enlarge the system partition.',
    whyDangerous:
      'They scan every disk and offer to repair, align or initialize what they do not know, and a VMFS LUN is that.',
    safeFix: [
      '`mountvol S: /S`, remove the fonts that nobody needs from S:\\EFI\\Microsoft\\Boot\\Fonts, `mountvol S: /D`.',
      'No graphical partition tool on a host that sees LUNs.',
    ],
    source: 'Microsoft, errors 0xc1900104 and 0x800f0922',
  },
  'TRAP-05': {
    popularFix:
      'Running the Secure Boot task again, resetting keys, and two or more restarts, in a campaign over all servers.',
    whyDangerous:
      'Each restart may number the disks anew, and whoever runs the campaign does not know which hosts are proxies.',
    safeFix: [
      'Put the proxies into a wave of their own.',
      'Verify automount, SAN policy and every disk after each restart, before the LUNs come back.',
    ],
    source: 'Microsoft, Secure Boot certificate expiration of 2026',
  },
  'TRAP-06': {
    popularFix: 'Letting it finish, or rolling it back.',
    whyDangerous: 'It is an upgrade of the whole system: it clears NoAutoMount and may bring disks online.',
    safeFix: ['Block it by classification or target release.', 'If it ran: unmask first, then verify every guard.'],
    source: 'Microsoft, known issue of KB5044284, 2024',
  },
  'TRAP-07': {
    popularFix: 'Running setup on the proxy.',
    whyDangerous:
      'An in-place upgrade clears NoAutoMount, and a disk with one volume online before comes online whatever the policy says.',
    safeFix: [
      'Build a new proxy, and retire this one.',
      'If it must be upgraded: every guard is verified before the LUNs come back.',
    ],
    source: 'Microsoft, SAN policy and NoAutoMount after an upgrade',
  },
  'TRAP-08': {
    popularFix: '`bootrec`, disk clean-up, or a start from repair media.',
    whyDangerous: 'WinPE brings all disks online by default: the repair starts with every LUN online and writable.',
    safeFix: ['Start repair media only after the LUNs are unmasked at the array or the switch.'],
    source: 'Microsoft, WinPE SAN policy',
  },
  'TRAP-09': {
    popularFix: 'Enabling automount because cluster validation asks for it.',
    whyDangerous: 'The guard is off from then on, and nobody remembers why.',
    safeFix: ['Put no cluster role on a proxy.'],
    source: 'Microsoft, mountvol and cluster validation',
  },
  'TRAP-10': {
    popularFix: 'Enabling automount because rotated drives need it.',
    whyDangerous: 'The guard is off for good, while hot-add tasks switch it off again: nobody knows its state.',
    safeFix: ['Move the repository or the proxy role to another host.'],
    source: 'Veeam, rotated drives',
  },
  'TRAP-11': {
    popularFix: '`san policy=OnlineAll` with read-only disks, as the VDDK guide says.',
    whyDangerous: 'The next LUN comes online, and it is writable until somebody makes it read-only.',
    safeFix: ['`san policy=OfflineShared` or OfflineAll, and one test job: reading works with offline disks.'],
    source: 'VMware, VDDK programming guide, against Veeam, Direct SAN access',
  },
  'TRAP-12': {
    popularFix: '`attributes disk clear readonly` on all disks.',
    whyDangerous: 'The flag is never set back, and the guard of every LUN is gone for one restore.',
    safeFix: [
      'Restore by Virtual Appliance or Network mode.',
      'Or clear it on the one LUN, with an end that is recorded.',
    ],
    source: 'Veeam, Direct SAN restore',
  },
  'TRAP-13': {
    popularFix: 'An installer or rescue system with "use all disks".',
    whyDangerous: 'It lists LUNs as targets, and a reinstalled host has lost its LVM devices file and its filters.',
    safeFix: [
      'No installer or rescue system with LUNs in sight.',
      'Write the LVM guard again before the LUNs come back.',
    ],
    source: 'Red Hat, LVM devices file; installers of RHEL, Ubuntu and SLES',
  },
};
