import type { Trap } from './trap.js';

const none = { versions: [], updates: [], categories: [], codes: [], changes: [] } as const;

/** Windows whose recovery environment is serviced by updates: 10 2004 and later, 11, Server 2022. */
const withServicedWinRe = ['10.0.1904', '10.0.2'];

/**
 * Updates and situations with a dangerous popular fix. Sources: Microsoft KB976932, KB5034439..41 and KB5028997, KB5057589,
 * KB5044284, the Secure Boot certificate guidance of 2026; Veeam and VDDK manuals; checked against hazards 1.6.
 */
export const traps: readonly Trap[] = [
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
    id: 'TRAP-04',
    title: 'System Reserved or EFI partition is full',
    platform: 'windows',
    codes: ['0xc1900104', '0x800f0922'],
    changes: ['resize-boot-partition'],
  },
  {
    ...none,
    id: 'TRAP-05',
    title: 'Secure Boot certificates of 2023',
    platform: 'windows',
    versions: ['6.2.', '6.3.', '10.0.'],
    changes: ['roll-secure-boot-certificates'],
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
    id: 'TRAP-08',
    title: 'Repair from recovery media',
    platform: 'windows',
    codes: ['0x80070643', '0x800f0922'],
    changes: ['boot-recovery-media'],
  },
  { ...none, id: 'TRAP-09', title: 'Cluster role on a proxy', platform: 'windows', changes: ['add-cluster-role'] },
  {
    ...none,
    id: 'TRAP-10',
    title: 'Repository on rotated drives beside a proxy',
    platform: 'windows',
    changes: ['add-rotated-drive-repository'],
  },
  {
    ...none,
    id: 'TRAP-11',
    title: 'SAN policy copied from the VDDK guide',
    platform: 'windows',
    changes: ['apply-vddk-guide'],
  },
  { ...none, id: 'TRAP-12', title: 'Restore over the SAN', platform: 'windows', changes: ['restore-over-san'] },
  {
    ...none,
    id: 'TRAP-13',
    title: 'Release upgrade or rescue boot of a Linux proxy',
    platform: 'linux',
    categories: ['release-upgrade'],
    changes: ['os-upgrade', 'boot-recovery-media'],
  },
];
