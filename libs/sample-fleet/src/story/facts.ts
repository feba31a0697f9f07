import type { LinuxFacts, WindowsFacts } from '@lunwarden/contract';
import { linuxBootDisk, windowsBootDisk } from './disks.js';

/** The instant at which the story's facts are true. */
export const storyAt = '2026-11-20T06:00:00Z';

/** `days` before `at` (ISO), as an ISO instant. */
export const daysBefore = (days: number, at: string = storyAt): string =>
  new Date(Date.parse(at) - days * 86_400_000).toISOString();

/** A well-kept Windows proxy that sees no LUN: every fact known and good. Override what a test is about. */
export function windowsFacts(overrides: Partial<WindowsFacts> = {}): WindowsFacts {
  return {
    platform: 'windows',
    hostname: 'proxy-win-01',
    machine: { value: { isVirtual: false, vendor: 'Dell Inc.', model: 'PowerEdge R740', biosUuid: null } },
    roles: { value: ['proxy'] },
    transport: { value: { configured: 'network', source: 'product', product: 'Veeam Backup & Replication 12.3' } },
    pendingUpdates: { value: [] },
    lastUpdateSuccessAt: { value: daysBefore(12) },
    pendingReboot: { value: [] },
    elevated: true,
    os: {
      value: {
        caption: 'Microsoft Windows Server 2022 Standard',
        version: '10.0.20348',
        ubr: 4405,
        edition: 'ServerStandard',
        productType: 'server',
      },
    },
    sanPolicy: { value: 'OfflineShared' },
    automount: { value: 'disabled' },
    staleMountPoints: { value: 0 },
    disks: { value: [windowsBootDisk()] },
    updateHistory: { value: [] },
    installedUpdates: { value: [] },
    updatePolicy: {
      value: {
        noAutoUpdate: false,
        auOptions: 3,
        scheduledInstallDay: null,
        scheduledInstallHour: null,
        alwaysAutoReboot: false,
        usesWsus: true,
      },
    },
    bootSpace: { value: { systemPartitionFreeMb: 70, recoveryPartitionFreeMb: 310, winReEnabled: true } },
    ...overrides,
  };
}

/** A well-kept Linux proxy that sees no LUN: every fact known and good. */
export function linuxFacts(overrides: Partial<LinuxFacts> = {}): LinuxFacts {
  return {
    platform: 'linux',
    hostname: 'proxy-lnx-01',
    machine: { value: { isVirtual: false, vendor: 'HPE', model: 'ProLiant DL380 Gen10', biosUuid: null } },
    roles: { value: ['proxy'] },
    transport: { value: { configured: 'network', source: 'product', product: 'Veeam Backup & Replication 12.3' } },
    pendingUpdates: { value: [] },
    lastUpdateSuccessAt: { value: daysBefore(12) },
    pendingReboot: { value: [] },
    elevated: true,
    os: { value: { id: 'rhel', versionId: '9.6', name: 'Red Hat Enterprise Linux 9.6 (Plow)', kernel: '5.14.0-570' } },
    disks: { value: [linuxBootDisk()] },
    lvmGuard: { value: 'devices-file' },
    foreignVolumeGroups: { value: [] },
    multipath: { value: 'active' },
    ...overrides,
  };
}
