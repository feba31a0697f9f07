import type { LinuxDisk, WindowsDisk } from '@lunwarden/contract';

/** GPT type of a VMFS partition, as blkid and Windows both spell it (without braces). */
export const vmfsGptType = 'aa31e02a-400f-11db-9590-000c2911d1b8';
/** GPT type of an ordinary Windows data volume. */
export const windowsDataGptType = 'ebd0a0a2-b9e5-4433-87c0-68b6b72699c7';

const terabytes = (count: number): string => String(count * 1_099_511_627_776);

/** NAA (type 6) of the n-th LUN of the story's array; 32 digits. */
export const storyNaa = (lun: number): string => `6000d31000f1a200${lun.toString(16).padStart(16, '0')}`;

/** The disk that Windows starts from: a local RAID volume, never a LUN. */
export function windowsBootDisk(overrides: Partial<WindowsDisk> = {}): WindowsDisk {
  return {
    number: 0,
    friendlyName: 'PERC H730P Mini',
    busType: 8,
    uniqueId: null,
    uniqueIdFormat: null,
    vpd83: null,
    serialNumber: '00af31c2',
    sizeBytes: '299439751168',
    isOffline: { value: false },
    isReadOnly: { value: false },
    offlineReason: null,
    partitionStyle: 'GPT',
    signature: null,
    isBoot: true,
    isSystem: true,
    partitions: {
      value: [
        {
          number: 1,
          gptType: 'c12a7328-f81f-11d2-ba4b-00a0c93ec93b',
          mbrType: null,
          sizeBytes: '104857600',
          accessPaths: [],
        },
        {
          number: 2,
          gptType: windowsDataGptType,
          mbrType: null,
          sizeBytes: '299332796416',
          accessPaths: ['C:\\'],
        },
      ],
    },
    ...overrides,
  };
}

/** A VMFS LUN over Fibre Channel as a guarded Windows proxy shows it: offline and read-only. `naa` has no prefix. */
export function vmfsDisk(
  number: number,
  naa: string = storyNaa(number),
  overrides: Partial<WindowsDisk> = {},
): WindowsDisk {
  return {
    number,
    friendlyName: 'COMPELNT Compellent Vol',
    busType: 6,
    uniqueId: naa.toUpperCase(),
    uniqueIdFormat: 3,
    vpd83: null,
    serialNumber: naa.slice(-8),
    sizeBytes: terabytes(4),
    isOffline: { value: true },
    isReadOnly: { value: true },
    offlineReason: 1,
    partitionStyle: 'GPT',
    signature: null,
    isBoot: false,
    isSystem: false,
    partitions: {
      value: [{ number: 1, gptType: vmfsGptType, mbrType: null, sizeBytes: terabytes(4), accessPaths: [] }],
    },
    ...overrides,
  };
}

/** The disk that Linux starts from. */
export function linuxBootDisk(overrides: Partial<LinuxDisk> = {}): LinuxDisk {
  return {
    name: 'sda',
    transport: 'sata',
    ids: ['ata-SAMSUNG_MZ7LH480_S45PNA0M1'],
    serialNumber: 'S45PNA0M1',
    sizeBytes: '480103981056',
    readOnly: { value: false },
    multipath: null,
    fsType: null,
    partitions: {
      value: [
        {
          name: 'sda1',
          partType: 'c12a7328-f81f-11d2-ba4b-00a0c93ec93b',
          fsType: 'vfat',
          mountPoints: ['/boot/efi'],
        },
        { name: 'sda2', partType: '0fc63daf-8483-4772-8e79-3d69d8477de4', fsType: 'xfs', mountPoints: ['/'] },
      ],
    },
    ...overrides,
  };
}

/** A VMFS LUN behind multipath as a Linux proxy shows it, presented read-only. */
export function linuxVmfsDisk(lun: number, naa: string = storyNaa(lun), overrides: Partial<LinuxDisk> = {}): LinuxDisk {
  const name = `mpath${String.fromCharCode(96 + (lun % 26 || 26))}`;
  return {
    name: `dm-${lun}`,
    transport: 'fc',
    ids: [`/dev/disk/by-id/dm-uuid-mpath-3${naa}`, `/dev/disk/by-id/wwn-0x${naa}`],
    serialNumber: naa.slice(-8),
    sizeBytes: terabytes(4),
    readOnly: { value: true },
    multipath: name,
    fsType: null,
    partitions: {
      value: [{ name: `${name}1`, partType: vmfsGptType, fsType: 'VMFS_volume_member', mountPoints: [] }],
    },
    ...overrides,
  };
}
