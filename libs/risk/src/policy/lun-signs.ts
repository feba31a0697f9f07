/** VMFS, vmkcore and VMware-reserved partition types (GPT, lower case). Source: util-linux and VMware KB on partition types. */
export const vmfsGptTypes: readonly string[] = [
  'aa31e02a-400f-11db-9590-000c2911d1b8',
  '9d275380-40ad-11db-bf97-000c2911d1b8',
  '9198effc-31c0-11db-8f78-000c2911d1b8',
];
export const vmfsMbrType = 0xfb;

/**
 * MSFT_Disk.BusType values that never carry a LUN: ATAPI, ATA, IEEE 1394, USB, RAID, SATA, SD, MMC, virtual,
 * file-backed virtual, Storage Spaces, SCM. Any other value, one we do not know included, may be a shared bus.
 */
export const localBusTypes: readonly number[] = [2, 3, 4, 7, 8, 11, 12, 13, 14, 15, 16, 18];

/** lsblk TRAN values of local disks; a device-mapper device has none and may be a LUN. */
export const localTransports: readonly string[] = ['sata', 'ata', 'usb', 'mmc', 'ieee1394'];
