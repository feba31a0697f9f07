import { none, type Trap } from './trap.js';

/** Windows whose recovery environment is serviced by updates: 10 2004 and later, 11, Server 2022. */
const withServicedWinRe = ['10.0.1904', '10.0.2'];

/** Traps that an update brings along: apart from the others, for whoever looks only at the updates that wait. */
export const offeredTraps: readonly Trap[] = [
  {
    ...none,
    id: 'TRAP-01',
    title: 'Service Pack 1 of 2008 R2 or Windows 7',
    platform: 'windows',
    versions: ['6.1.'],
    updates: ['KB976932'],
    codes: ['0x800f0a12'],
  },
  {
    ...none,
    id: 'TRAP-02',
    title: 'Recovery environment update of January 2024',
    platform: 'windows',
    versions: withServicedWinRe,
    updates: ['KB5034439', 'KB5034440', 'KB5034441'],
    codes: ['0x80070643'],
    changes: ['resize-boot-partition'],
  },
  {
    ...none,
    id: 'TRAP-03',
    title: 'Monthly recovery environment update',
    platform: 'windows',
    versions: withServicedWinRe,
    updates: ['KB5057589'],
    codes: ['0x80070643'],
  },
  {
    ...none,
    id: 'TRAP-06',
    title: 'Windows Server 2025 offered as a security update',
    platform: 'windows',
    versions: ['10.0.17763', '10.0.20348'],
    updates: ['KB5044284'],
  },
  {
    ...none,
    id: 'TRAP-07',
    title: 'In-place upgrade of Windows',
    platform: 'windows',
    categories: ['upgrades'],
    changes: ['os-upgrade'],
  },
  {
    ...none,
    id: 'TRAP-13',
    title: 'Release upgrade or rescue boot of a Linux proxy',
    platform: 'linux',
    categories: ['release-upgrade'],
    changes: ['os-upgrade', 'boot-recovery-media'],
  },
];
