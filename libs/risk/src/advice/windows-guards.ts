import type { Advice } from '../rule.js';

/** Guards that Windows sets for the whole host. */
export const windowsGuards: Readonly<Record<string, Advice>> = {
  'san-policy-online-all': {
    why: 'The next LUN that is mapped, renumbered or rescanned comes up online and writable, and one click initializes it.',
    remedy: [
      'Unmask the VMFS LUNs from this host, or stop its backup jobs.',
      'In diskpart: `san policy=OfflineShared`.',
      'Set each VMFS LUN offline and read-only: the policy does not change disks that Windows already knows.',
      'Check each LUN with `Get-Disk`, then present the LUNs again.',
    ],
    unsafeFix: null,
    source: 'Microsoft, diskpart san; Veeam, Direct SAN access requirements',
  },
  'san-policy-offline-internal': {
    why: 'OfflineInternal keeps internal disks offline and brings shared ones online: the next LUN comes up writable.',
    remedy: [
      'In diskpart: `san policy=OfflineShared`.',
      'Set each VMFS LUN offline and read-only: the policy does not change disks that Windows already knows.',
    ],
    unsafeFix: null,
    source: 'Microsoft, VDS_SAN_POLICY',
  },
  'san-policy-unknown': {
    why: 'A guard that cannot be read cannot be relied on; several installers set the policy to OnlineAll.',
    remedy: [
      'Read the policy on the host: `Get-StorageSetting`, or `san` in diskpart on 2008 R2.',
      'Give the collector the rights that its report says are missing.',
    ],
    unsafeFix: null,
    source: 'Microsoft, MSFT_StorageSetting',
  },
  'automount-enabled': {
    why: 'As soon as a LUN goes online, Windows surfaces its volumes; a signature or a format is one dialog away.',
    remedy: [
      'In diskpart: `automount disable`.',
      'With the LUNs unmasked: `automount scrub`, so that no letter comes back with a disk.',
      'If an update needs the System Reserved partition, give that one partition a letter and remove it afterwards.',
    ],
    unsafeFix:
      '`automount enable` to make an update install: it opens every disk, not the one partition that is needed.',
    source: 'Microsoft, mountvol and diskpart automount',
  },
  'mount-points-not-scrubbed': {
    why: 'A remembered mount point comes back with its disk, also while automount is off: the volume of a LUN gets its old letter again.',
    remedy: [
      'Stop the backup jobs and unmask the VMFS LUNs; check that none is left in sight.',
      'In diskpart: `automount scrub`.',
      'Check that `mountvol` lists no volume that is gone, then present the LUNs again.',
    ],
    unsafeFix: '`automount scrub` with the LUNs in sight: it removes mount points of volumes that are only offline.',
    source: 'Microsoft, mountvol /R and diskpart automount scrub',
  },
  'guard-weakened': {
    why: 'A person, a policy, an image or an installer changed it: whoever did it once will do it again, and nobody decided it.',
    remedy: [
      'Set the guard again: `san policy=OfflineShared`, `automount disable`.',
      'Find out who or what changed it: installers of drivers and of backup software do.',
      'Set each VMFS LUN offline and read-only: the policy does not change disks that Windows already knows.',
    ],
    unsafeFix: null,
    source: 'Microsoft, VDS_SAN_POLICY; public installers that write SanPolicy=1',
  },
  'guard-unlike-peers': {
    why: 'A proxy that is set unlike the others was set by hand, and the next change by hand may be the wrong one.',
    remedy: [
      'Compare it with the other proxies, and decide which setting is right.',
      'Apply the setting to all of them by policy.',
    ],
    unsafeFix: null,
    source: 'Lunwarden, comparison of the fleet',
  },
  'guard-not-enforced': {
    why: 'Guards drift: people, installers and in-place upgrades change them, and nothing changes them back.',
    remedy: ['Set NoAutoMount and the SAN policy by Group Policy, DSC or the tool that you use for servers.'],
    unsafeFix: null,
    source: 'Lunwarden; Microsoft, Group Policy preferences for registry values',
  },
};
