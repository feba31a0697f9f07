import { type About, judgeReading, onLinux, type Rule } from '../rule.js';

export const about: About = {
  code: 'LNX-002',
  title: 'LVM looks at every disk, those of guests included',
  safeTitle: 'LVM leaves disks of guests alone',
  signals: ['lvmGuard', 'transport', 'disks'],
};

/** LNX-002: LVM activates volume groups of guests as soon as their disks appear. */
export const lvmSeesGuestVolumes: Rule = {
  id: 'lvm-sees-guest-volumes',
  severity: 'medium',
  judge: (context) =>
    onLinux(context, () => ({
      ...judgeReading(context.signals.lvmGuarded, (isGuarded) => !isGuarded),
      severity: context.signals.mode.worst === 'virtual-appliance' ? 'high' : 'medium',
    })),
};
