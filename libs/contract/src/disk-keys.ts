import type { LinuxDisk, WindowsDisk } from './disk.js';
import { keysOfLinuxId, keysOfVpd83, keysOfWindowsUniqueId, type LunKey } from './lun-key.js';

/** Every key that a Windows disk may be known by: its UniqueId and all designators of its VPD page 0x83. */
export function keysOfWindowsDisk(disk: Pick<WindowsDisk, 'uniqueId' | 'uniqueIdFormat' | 'vpd83'>): LunKey[] {
  const named = keysOfWindowsUniqueId(disk.uniqueId, disk.uniqueIdFormat);
  return disk.vpd83 === null ? named : [...new Set([...named, ...keysOfPage(disk.vpd83)])];
}

export function keysOfLinuxDisk(disk: Pick<LinuxDisk, 'ids'>): LunKey[] {
  return [...new Set(disk.ids.flatMap(keysOfLinuxId))];
}

/** A damaged page yields no key; the raw page stays in the report for whoever looks. */
function keysOfPage(page: string | null): LunKey[] {
  if (page === null) return [];
  try {
    return keysOfVpd83(page);
  } catch (error) {
    if (error instanceof RangeError) return [];
    throw error;
  }
}
