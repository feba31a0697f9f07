import type { PendingUpdate } from '@lunwarden/contract';
import type { WindowsSystem } from './systems.js';

// Real updates that fail on, or reach for, the boot and recovery partitions of a host with LUNs, and their codes.

export const servicePack1 = {
  id: 'KB976932',
  title: 'Windows Server 2008 R2 Service Pack 1 x64 Edition (KB976932)',
  hresult: '0x800f0a12',
};
export const winRe2022 = {
  id: 'KB5034439',
  title: '2024-01 Security Update for Microsoft server operating system version 21H2 (KB5034439)',
  hresult: '0x80070643',
};
/** CBS_E_INSTALLERS_FAILED: among others, a System Reserved partition without room. */
export const bootPartitionFull = { hresult: '0x800f0922' };

const upgrade = { id: 'KB5044284', title: 'Windows Server 2025 (KB5044284)', category: 'Upgrades' };
const secureBoot = {
  id: 'KB5036210',
  title: 'Windows UEFI CA 2023 for the Secure Boot Allowed Signature Database (KB5036210)',
  category: 'Security Updates',
};

/** The trap that waits: a recovery partition too small, an unasked upgrade, or the Secure Boot certificates. */
export function pendingTrap({ version }: WindowsSystem): PendingUpdate {
  const { id, title, category } =
    {
      '10.0.20348': { ...winRe2022, category: 'Security Updates' },
      '10.0.17763': upgrade,
      '10.0.14393': upgrade,
    }[version] ?? secureBoot;
  const cves = id === winRe2022.id ? ['CVE-2024-20666'] : [];
  return { id, title, severity: 'important', categories: [category], cves, needsReboot: true };
}
