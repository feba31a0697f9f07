import {
  type HostFacts,
  keysOfLinuxDisk,
  keysOfWindowsDisk,
  type LinuxDisk,
  type LunKey,
  type WindowsDisk,
  type WindowsPartition,
} from '@lunwarden/contract';
import { localBusTypes, localTransports, vmfsGptTypes, vmfsMbrType } from './policy/lun-signs.js';
import { alike, mapTold, type Told, type Trust, told, toldFlag } from './reading.js';

/**
 * What the partition table says is on a disk: VMFS, something else, nothing (a table without partitions, or none that
 * could be read), or `blank`: Windows has the disk online, read it, and found no table at all.
 */
export type Content = 'vmfs' | 'other' | 'empty' | 'blank';

/** One disk as either platform shows it, before paths are joined. */
export type SeenDisk = {
  /** What the operator sees: a Windows disk number or a Linux device name. */
  device: string;
  keys: readonly LunKey[];
  sizeBytes: string;
  serialNumber: string | null;
  /** The machine's own system disk. */
  isOwn: boolean;
  mayBeShared: boolean;
  isOffline: Told<boolean>;
  isReadOnly: Told<boolean>;
  /** The array refuses writes, whatever the host is told. */
  isArrayReadOnly: Told<boolean>;
  content: Told<Content>;
  mounts: Told<readonly string[]>;
};

/** The disks of the newest report, or the remembered ones where that list could not be read. */
export function seenDisks(now: HostFacts, remembered: HostFacts, trust: Trust): Told<SeenDisk[]> {
  if (now.platform === 'windows') {
    const before = remembered.platform === 'windows' ? remembered : now;
    const older = before === now ? undefined : pairs(before.disks, (disk) => `${disk.number}`);
    return mapTold(told(now.disks, before.disks, trust), (disks) =>
      disks.map((disk) => windowsDisk(disk, older?.get(`${disk.number}`) ?? disk, trust)),
    );
  }
  const before = remembered.platform === 'linux' ? remembered : now;
  const older = before === now ? undefined : pairs(before.disks, (disk) => disk.name);
  return mapTold(told(now.disks, before.disks, trust), (disks) =>
    disks.map((disk) => linuxDisk(disk, older?.get(disk.name) ?? disk, trust)),
  );
}

/** `rememberFacts` keeps the newest list and fills in its holes, so one device is one entry in both. */
function pairs<D>(list: { value: D[] } | { unknown: string }, device: (disk: D) => string): Map<string, D> {
  const byDevice = new Map<string, D>();
  if ('value' in list) for (const disk of list.value) byDevice.set(device(disk), disk);
  return byDevice;
}

const notCollected = { unknown: 'not_collected' } as const;
const neverAsked: Told<boolean> = { kind: 'unknown', why: 'not_collected' };
const certainlyNowhere: Told<readonly string[]> = { kind: 'certain', value: [] };
const certainly: Record<Content, Told<Content>> = {
  vmfs: { kind: 'certain', value: 'vmfs' },
  other: { kind: 'certain', value: 'other' },
  empty: { kind: 'certain', value: 'empty' },
  blank: { kind: 'certain', value: 'blank' },
};

function windowsDisk(disk: WindowsDisk, before: WindowsDisk, trust: Trust): SeenDisk {
  const partitions = told(disk.partitions, before.partitions, trust);
  return {
    device: `Disk ${disk.number}`,
    keys: keysOfWindowsDisk(disk),
    sizeBytes: disk.sizeBytes,
    serialNumber: disk.serialNumber,
    isOwn: disk.isBoot || disk.isSystem,
    mayBeShared: !localBusTypes.includes(disk.busType),
    isOffline: toldFlag(disk.isOffline, before.isOffline, trust),
    isReadOnly: toldFlag(disk.isReadOnly, before.isReadOnly, trust),
    isArrayReadOnly: arrayFlag(disk, before, trust),
    content: contentOf(partitions, disk),
    mounts: mountsOf(partitions),
  };
}

/** Few collectors ask the array. */
const arrayFlag = (disk: WindowsDisk, before: WindowsDisk, trust: Trust): Told<boolean> =>
  disk.isArrayReadOnly === undefined && before.isArrayReadOnly === undefined
    ? neverAsked
    : toldFlag(disk.isArrayReadOnly ?? notCollected, before.isArrayReadOnly ?? notCollected, trust);

function contentOf(partitions: Told<WindowsPartition[]>, disk: WindowsDisk): Told<Content> {
  if (partitions.kind === 'unknown') return partitions;
  const content = windowsContent(disk, partitions.value);
  return partitions.kind === 'certain' ? certainly[content] : alike(partitions, content);
}

/** A LUN that Windows leaves alone is mounted nowhere. */
function mountsOf(partitions: Told<WindowsPartition[]>): Told<readonly string[]> {
  if (partitions.kind === 'unknown') return partitions;
  if (partitions.kind === 'certain' && !partitions.value.some(isMounted)) return certainlyNowhere;
  return mapTold(partitions, pathsOf);
}

const isMounted = ({ accessPaths }: WindowsPartition): boolean => accessPaths.length > 0;
const pathsOf = (partitions: readonly WindowsPartition[]): string[] =>
  partitions.flatMap(({ accessPaths }) => accessPaths);

function windowsContent(disk: WindowsDisk, partitions: WindowsPartition[]): Content {
  if (partitions.some(isVmfsPartition)) return 'vmfs';
  // A partition without a type that we can read says nothing about who made it.
  if (partitions.some(hasType)) return 'other';
  return isBlank(disk) && partitions.length === 0 ? 'blank' : 'empty';
}

/** Of a disk that is offline, or that answers without a size, Windows says RAW also where it never read the table. */
const isBlank = ({ partitionStyle, isOffline, sizeBytes }: WindowsDisk): boolean =>
  partitionStyle === 'RAW' && 'value' in isOffline && !isOffline.value && sizeBytes !== '0';

export const isVmfsPartition = ({ gptType, mbrType }: WindowsPartition): boolean => isVmfs(gptType, mbrType);
const hasType = ({ gptType, mbrType }: WindowsPartition): boolean => gptType !== null || (mbrType ?? 0) !== 0;
const isVmfs = (gptType: string | null, mbrType: number | null): boolean =>
  (gptType !== null && vmfsGptTypes.includes(gptType)) || mbrType === vmfsMbrType;

function linuxDisk(disk: LinuxDisk, before: LinuxDisk, trust: Trust): SeenDisk {
  const partitions = told(disk.partitions, before.partitions, trust);
  const mounts = mapTold(partitions, (list) => list.flatMap(({ mountPoints }) => mountPoints));
  return {
    device: disk.name,
    keys: keysOfLinuxDisk(disk),
    sizeBytes: disk.sizeBytes,
    serialNumber: disk.serialNumber,
    isOwn: mounts.kind === 'certain' && mounts.value.includes('/'),
    mayBeShared: disk.transport === null || !localTransports.includes(disk.transport),
    // Linux has no offline state: a block device that exists is online.
    isOffline: { kind: 'certain', value: false },
    isReadOnly: toldFlag(disk.readOnly, before.readOnly, trust),
    // A flag that blockdev sets looks the same in sysfs; either way only root can take it back.
    isArrayReadOnly: toldFlag(disk.readOnly, before.readOnly, trust),
    content: mapTold(partitions, (list) => linuxContent(disk, list)),
    mounts,
  };
}

type LinuxPartitions = Extract<LinuxDisk['partitions'], { value: unknown }>['value'];

function linuxContent({ fsType }: LinuxDisk, partitions: LinuxPartitions): Content {
  const signs = [{ fsType, partType: null }, ...partitions];
  const vmfs = signs.some(
    (sign) =>
      sign.fsType?.toUpperCase().startsWith('VMFS') === true ||
      isVmfs(sign.partType?.toLowerCase() ?? null, mbrTypeOf(sign.partType)),
  );
  if (vmfs) return 'vmfs';
  return signs.some((sign) => sign.fsType !== null || sign.partType !== null) ? 'other' : 'empty';
}

const mbrTypeOf = (type: string | null): number | null =>
  type?.startsWith('0x') === true ? Number.parseInt(type, 16) : null;
