import type { LinuxDisk, WindowsDisk } from './disk.js';
import { keysOfLinuxId, keysOfVpd83, keysOfWindowsUniqueId, type LunKey } from './lun-key.js';
import { readOnce } from './read-once.js';

/** Every key that a Windows disk may be known by: its UniqueId and all designators of its VPD page 0x83. */
export function keysOfWindowsDisk({
  uniqueId,
  uniqueIdFormat,
  vpd83,
}: Pick<WindowsDisk, 'uniqueId' | 'uniqueIdFormat' | 'vpd83'>): readonly LunKey[] {
  const named =
    uniqueId !== null && (uniqueIdFormat === 3 || uniqueIdFormat === null)
      ? keysOfNaaId(uniqueId)
      : keysOfWindowsUniqueId(uniqueId, uniqueIdFormat);
  if (vpd83 === null) return named;
  const more = keysOfPage(vpd83).filter((key) => !named.includes(key));
  return more.length === 0 ? named : [...named, ...more];
}

export function keysOfLinuxDisk(disk: Pick<LinuxDisk, 'ids'>): readonly LunKey[] {
  return [...new Set(disk.ids.flatMap(keysOfLinuxId))];
}

// Every host that sees a LUN tells of it in the same spelling, report after report.
const keysOfNaaId = readOnce((uniqueId) => keysOfWindowsUniqueId(uniqueId, 3));

/** A damaged page yields no key; the raw page stays in the report for whoever looks. */
const keysOfPage = readOnce((page): readonly LunKey[] => {
  try {
    return keysOfVpd83(page);
  } catch (error) {
    if (error instanceof RangeError) return [];
    throw error;
  }
});
