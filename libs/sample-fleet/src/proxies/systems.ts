import type { Random } from '../random.js';

export type WindowsSystem = {
  platform: 'windows';
  caption: string;
  version: string;
  /** Update Build Revision when fully patched; null before Windows 10 / 2016. */
  ubr: number | null;
  edition: string;
  productType: 'server' | 'workstation';
  /** Title words of its cumulative updates. */
  updateTitle: string;
};
export type LinuxSystem = { platform: 'linux'; id: string; versionId: string; name: string; kernel: string };
export type SampleSystem = WindowsSystem | LinuxSystem;

const server = (year: string, version: string, ubr: number | null, updateTitle: string): WindowsSystem => ({
  platform: 'windows',
  caption: `Windows Server ${year} Standard`,
  version,
  ubr,
  edition: 'ServerStandard',
  productType: 'server',
  updateTitle,
});

/** The machine of the story: Direct SAN, Service Pack 1 refused with 0x800f0a12, a blog that says "automount enable". */
export const seedSystem: WindowsSystem = {
  ...server('2008 R2', '6.1.7600', null, 'Windows Server 2008 R2 for x64-based Systems'),
  caption: 'Windows Server 2008 R2 Enterprise',
  edition: 'ServerEnterprise',
};

const windows2012 = server('2012', '6.2.9200', null, 'Windows Server 2012 for x64-based Systems');
const windows2012r2 = server('2012 R2', '6.3.9600', null, 'Windows Server 2012 R2 for x64-based Systems');
const windows2016 = server('2016', '10.0.14393', 8594, 'Windows Server 2016 for x64-based Systems');
const windows2019 = server('2019', '10.0.17763', 8027, 'Windows Server 2019 for x64-based Systems');
const windows2022 = server('2022', '10.0.20348', 4405, 'Microsoft server operating system version 21H2');
const windows2025 = server('2025', '10.0.26100', 7171, 'Microsoft server operating system version 24H2');
const windows11: WindowsSystem = {
  ...server('', '10.0.26100', 7171, 'Windows 11 Version 24H2 for x64-based Systems'),
  caption: 'Windows 11 Enterprise',
  edition: 'Enterprise',
  productType: 'workstation',
};

const linux = (id: string, versionId: string, name: string, kernel: string): LinuxSystem => ({
  platform: 'linux',
  id,
  versionId,
  name,
  kernel,
});

/** Shares in per cent of a fleet. */
const shares: readonly (readonly [number, SampleSystem])[] = [
  [1, windows2012],
  [4, windows2012r2],
  [15, windows2016],
  [23, windows2019],
  [26, windows2022],
  [8, windows2025],
  [1, windows11],
  [7, linux('rhel', '9.6', 'Red Hat Enterprise Linux 9.6 (Plow)', '5.14.0-570.58.1.el9_6.x86_64')],
  [4, linux('rocky', '9.6', 'Rocky Linux 9.6 (Blue Onyx)', '5.14.0-570.58.1.el9_6.x86_64')],
  [6, linux('ubuntu', '24.04', 'Ubuntu 24.04.4 LTS', '6.8.0-87-generic')],
  [2, linux('ubuntu', '22.04', 'Ubuntu 22.04.5 LTS', '5.15.0-161-generic')],
  [2, linux('sles', '15.6', 'SUSE Linux Enterprise Server 15 SP6', '6.4.0-150600.23.73-default')],
  [1, linux('debian', '12', 'Debian GNU/Linux 12 (bookworm)', '6.1.0-41-amd64')],
];

export function pickSystem(random: Random): SampleSystem {
  let left = random.between(1, 100);
  for (const [share, system] of shares) {
    left -= share;
    if (left <= 0) return system;
  }
  return windows2022;
}
