import type { Advice } from '../rule.js';

/** Linux proxies. */
export const linux: Readonly<Record<string, Advice>> = {
  'vmfs-lun-writable-on-linux': {
    why: 'wipefs, dd, an installer or a typing error writes at once: Linux has no offline state that would stop it.',
    remedy: [
      'At the array, present the LUNs read-only; or set them so by a udev rule with `blockdev --setro`.',
      'Check with `lsblk -o NAME,RO,WWN`.',
    ],
    unsafeFix: null,
    source: 'VMware, SAN transport on Linux',
  },
  'lvm-sees-guest-volumes': {
    why: 'LVM activates the volume groups of a guest as its disk appears, and writes their metadata.',
    remedy: [
      'Use a devices file (`use_devicesfile=1`, default since RHEL 9), or a `global_filter` that admits only the disks of this host.',
      'Rebuild the initramfs, and check with `pvs`.',
    ],
    unsafeFix: null,
    source: 'Red Hat, LVM devices file; lvm.conf(5)',
  },
  'guest-volume-group-visible': {
    why: 'Somebody who activates or repairs it changes the disk of a guest.',
    remedy: ['`vgchange -an` on the groups that are listed here.', 'Set the LVM guard so that they do not come back.'],
    unsafeFix: '`vgreduce --removemissing` or `vgimportclone` to make a warning go away.',
    source: 'Red Hat, LVM system ID and filters',
  },
  'guest-file-system-mounted': {
    why: 'Mounting replays the journal, also when mounted read-only: the source of the backup changes.',
    remedy: [
      '`umount` what is listed here, once no task runs.',
      'Mask udisks2 on this host, and set `noauto` for what fstab names.',
    ],
    unsafeFix: null,
    source: 'Linux, ext4 and XFS journal replay; udisks2',
  },
};
