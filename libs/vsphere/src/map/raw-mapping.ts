import { keysOfEsxUuid, type MapLun, MapRawMapping } from '@lunwarden/contract';
import { child, children, textOf, type XmlElement } from '../soap/xml-element.js';

/** ArrayOfVirtualDevice of one VM, of which only disks that are whole LUNs. */
export function readRawMappings(vm: string, value: XmlElement | null, refuse: (uuid: string) => void): MapRawMapping[] {
  return children(value, 'VirtualDevice').flatMap((device) => {
    const backing = child(device, 'backing');
    if (backing?.type !== 'VirtualDiskRawDiskMappingVer1BackingInfo') return [];
    const lunUuid = textOf(backing, 'lunUuid') ?? '';
    const compatibility = textOf(backing, 'compatibilityMode') === 'virtualMode' ? 'virtual' : 'physical';
    const parsed = MapRawMapping.safeParse({ vm, lunUuid, keys: [], compatibility });
    if (parsed.success) return [parsed.data];
    refuse(lunUuid);
    return [];
  });
}

/**
 * Gives each mapping the keys of its LUN: through ScsiLun.uuid where a host that was asked sees it, else what its own
 * uuid spells. Two LUNs with that uuid leave it without keys, since either could be meant.
 */
export function joinRawMappings(mappings: readonly MapRawMapping[], luns: readonly MapLun[]): MapRawMapping[] {
  const byUuid = new Map<string, MapLun[]>();
  for (const lun of luns) byUuid.set(lun.uuid, [...(byUuid.get(lun.uuid) ?? []), lun]);
  return mappings.map((mapping) => {
    const found = byUuid.get(mapping.lunUuid) ?? [];
    const [first, second] = found;
    if (second !== undefined) return mapping;
    const spelled = keysOfEsxUuid(mapping.lunUuid).filter((key) => !key.startsWith('esx:'));
    return { ...mapping, keys: first?.keys ?? spelled };
  });
}
