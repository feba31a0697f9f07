import { offeredTraps } from './offered.js';
import { none, type Trap } from './trap.js';

const others: readonly Trap[] = [
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
];

/**
 * Updates and situations with a dangerous popular fix. Sources: Microsoft KB976932, KB5034439..41 and KB5028997, KB5057589,
 * KB5044284, the Secure Boot certificate guidance of 2026; Veeam and VDDK manuals; checked against hazards 1.6.
 */
export const traps: readonly Trap[] = [...offeredTraps, ...others].toSorted((a, b) => (a.id < b.id ? -1 : 1));
