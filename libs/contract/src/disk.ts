import { z } from 'zod';
import { known } from './known.js';
import { DecimalText, Text } from './text.js';

const Guid = z.string().regex(/^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/, 'a GUID in lower case without braces');

/** One partition as MSFT_Partition shows it (2008 R2: diskpart `detail partition`). */
export const WindowsPartition = z.strictObject({
  number: z.int().min(0).max(1024),
  gptType: Guid.nullable(),
  /** MBR system id, 0..255; 0xFB is VMFS. */
  mbrType: z.int().min(0).max(255).nullable(),
  sizeBytes: DecimalText,
  /** Drive letters and mount folders that Windows gave to this partition; empty = not mounted. */
  accessPaths: z.array(Text(512)).max(64),
});
export type WindowsPartition = z.infer<typeof WindowsPartition>;

/** One disk as MSFT_Disk shows it. Identifiers travel raw; `lunKeysOfWindowsDisk` makes LUN keys of them. */
export const WindowsDisk = z.strictObject({
  number: z.int().min(0).max(65_535),
  friendlyName: Text(256),
  /** MSFT_Disk.BusType: 1 SCSI, 6 Fibre Channel, 9 iSCSI, 10 SAS, 17 NVMe; 0 unknown. */
  busType: z.int().min(0).max(255),
  uniqueId: Text(512).nullable(),
  /** MSFT_Disk.UniqueIdFormat: 0 vendor specific, 1 vendor id, 2 EUI-64, 3 FC-PH (NAA), 8 SCSI name string. */
  uniqueIdFormat: z.int().min(0).max(255).nullable(),
  /** Raw VPD page 0x83 in hex where the collector could read it. */
  vpd83: z
    .string()
    .regex(/^([0-9a-f]{2}){4,4096}$/)
    .nullable(),
  serialNumber: Text(256).nullable(),
  sizeBytes: DecimalText,
  isOffline: known(z.boolean()),
  isReadOnly: known(z.boolean()),
  /** The array itself refuses writes (the WP bit of a SCSI mode page): the one guard that outlives a mistake on the host. */
  isArrayReadOnly: known(z.boolean()).optional(),
  /** MSFT_Disk.OfflineReason: 1 policy, 2 redundant path, 3 snapshot, 4 collision. */
  offlineReason: z.int().min(0).max(255).nullable(),
  partitionStyle: z.enum(['RAW', 'MBR', 'GPT', 'unknown']),
  signature: Text(64).nullable(),
  isBoot: z.boolean(),
  isSystem: z.boolean(),
  partitions: known(z.array(WindowsPartition).max(256)),
});
export type WindowsDisk = z.infer<typeof WindowsDisk>;

/** One whole block device as `lsblk` and sysfs show it; paths of one multipath map are reported once, as the map. */
export const LinuxDisk = z.strictObject({
  name: Text(128),
  transport: Text(32).nullable(),
  /** Identifiers as found: sysfs wwid, udev ID_SERIAL / by-id names, multipath wwid. */
  ids: z.array(Text(512)).max(64),
  serialNumber: Text(256).nullable(),
  sizeBytes: DecimalText,
  readOnly: known(z.boolean()),
  /** Device-mapper name of its multipath map, null = a single path. */
  multipath: Text(128).nullable(),
  /** File-system or RAID signature of the whole device, e.g. `VMFS_volume_member`. */
  fsType: Text(64).nullable(),
  partitions: known(
    z
      .array(
        z.strictObject({
          name: Text(128),
          /** GPT type GUID, or 0x.. MBR type. */
          partType: Text(64).nullable(),
          fsType: Text(64).nullable(),
          mountPoints: z.array(Text(1024)).max(64),
        }),
      )
      .max(256),
  ),
});
export type LinuxDisk = z.infer<typeof LinuxDisk>;
