/**
 * What can be wrong with a sample proxy; everything else about it is well kept.
 * Named for the state: the facts of a report are derived from the list.
 */
export const flaws = [
  'automount-on',
  'online-all',
  'lun-online',
  'lun-online-read-only',
  'lun-writable',
  'lun-mounted',
  'unmapped-lun',
  'still-zoned',
  'stale-mounts',
  'access-denied',
  'not-elevated',
  'mode-unknown',
  'trap-failed',
  'trap-pending',
  'needs-reboot',
  'patches-overdue',
  'patch-scan-failed',
  'auto-install',
  'lvm-unguarded',
  'foreign-volumes',
  'no-multipath',
] as const;
export type Flaw = (typeof flaws)[number];

const ofLinux: readonly Flaw[] = ['lvm-unguarded', 'foreign-volumes', 'no-multipath'];
const ofBoth: readonly Flaw[] = [
  'still-zoned',
  'unmapped-lun',
  'access-denied',
  'mode-unknown',
  'needs-reboot',
  'patches-overdue',
  'patch-scan-failed',
];
const ofLuns: readonly Flaw[] = [
  'lun-online',
  'lun-online-read-only',
  'lun-writable',
  'lun-mounted',
  'unmapped-lun',
  'no-multipath',
];

/** Flaws that go together, as they are met: each is dealt to a flawed proxy in turn, where it fits. */
export const flawHands: readonly (readonly Flaw[])[] = [
  ['automount-on'],
  ['needs-reboot'],
  ['lun-online', 'automount-on'],
  ['patches-overdue'],
  ['still-zoned'],
  ['trap-failed', 'needs-reboot'],
  ['online-all', 'trap-pending'],
  ['access-denied'],
  ['lun-writable'],
  ['unmapped-lun'],
  ['lvm-unguarded'],
  ['trap-failed', 'automount-on'],
  ['auto-install', 'stale-mounts'],
  ['lun-online'],
  ['mode-unknown'],
  ['patches-overdue', 'auto-install'],
  ['online-all', 'lun-online-read-only'],
  ['not-elevated'],
  ['foreign-volumes', 'lvm-unguarded'],
  ['patch-scan-failed'],
  ['trap-pending'],
  ['stale-mounts'],
  ['online-all'],
  ['lun-mounted'],
  ['no-multipath'],
];

export type FlawGround = { platform: 'windows' | 'linux'; seesLuns: boolean; couldSeeLuns: boolean };

/** Whether a proxy of this kind can have that flaw at all. */
export function flawFits(flaw: Flaw, { platform, seesLuns, couldSeeLuns }: FlawGround): boolean {
  if (flaw === 'still-zoned') return couldSeeLuns;
  if (ofLuns.includes(flaw) && !seesLuns) return false;
  if (flaw === 'no-multipath') return platform === 'linux';
  if (platform === 'linux') return ofLinux.includes(flaw) || ofBoth.includes(flaw);
  return !ofLinux.includes(flaw);
}
