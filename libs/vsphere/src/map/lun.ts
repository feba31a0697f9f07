import { keysOfEsxName, MapLun } from '@lunwarden/contract';
import type { Projection } from '../soap/answer-reader.js';
import { child, children, textOf, type XmlElement } from '../soap/xml-element.js';
import { clean } from './clean-text.js';
import { decimalOrNull, isTrue } from './fields.js';

/** Half of what a host tells about a LUN are byte arrays, one element a byte. */
export const lunParts: Projection = new Map([
  ['ScsiLun', new Set(['lunType', 'canonicalName', 'uuid', 'descriptor', 'vendor', 'model', 'capacity', 'localDisk'])],
]);

/** ArrayOfScsiLun of one host. Tells of what does not fit through `refuse`. */
export function readLuns(host: string, value: XmlElement | null, refuse: (name: string) => void): MapLun[] {
  return children(value, 'ScsiLun').flatMap((lun) => {
    // Only disks hold data: the rest are optical drives, enclosures and protocol endpoints.
    if (textOf(lun, 'lunType') !== 'disk') return [];
    const canonicalName = textOf(lun, 'canonicalName') ?? '';
    const parsed = MapLun.safeParse({
      canonicalName,
      uuid: textOf(lun, 'uuid') ?? '',
      keys: keysOf(canonicalName, lun),
      vendor: clean((textOf(lun, 'vendor') ?? '').trim(), 64),
      model: clean((textOf(lun, 'model') ?? '').trim(), 64),
      capacityBytes: capacityOf(child(lun, 'capacity')),
      isLocal: isTrue(textOf(lun, 'localDisk')),
      seenBy: [host],
    });
    if (parsed.success) return [parsed.data];
    refuse(canonicalName);
    return [];
  });
}

/**
 * All names that spell the LUN itself. A descriptor such as `vml.01…` is left out: made from a serial number, it is
 * shared by several LUNs of some arrays.
 */
function keysOf(canonicalName: string, lun: XmlElement) {
  const ids = children(lun, 'descriptor').map((descriptor) => textOf(descriptor, 'id') ?? '');
  const keys = [canonicalName, ...ids].filter((name) => !/^vml\./i.test(name)).flatMap(keysOfEsxName);
  return [...new Set(keys)].slice(0, 64);
}

/** HostDiskDimensionsLba: two 64-bit numbers whose product does not fit a JavaScript number. */
function capacityOf(capacity: XmlElement | null): string | null {
  const blocks = decimalOrNull(textOf(capacity, 'block'));
  const size = decimalOrNull(textOf(capacity, 'blockSize'));
  return blocks === null || size === null ? null : decimalOrNull(String(BigInt(blocks) * BigInt(size)));
}

/** The same LUN from several hosts is one LUN. A host-local name (mpx.) is another LUN on each host. */
export function mergeLuns(luns: readonly MapLun[]): MapLun[] {
  const merged = new Map<string, MapLun>();
  for (const lun of luns) {
    const isSharedName = lun.keys.length > 0;
    const name = isSharedName ? lun.canonicalName : `${lun.canonicalName} ${lun.seenBy.join(' ')}`;
    const known = merged.get(name);
    if (known === undefined) merged.set(name, lun);
    else
      merged.set(name, {
        ...known,
        keys: [...new Set([...known.keys, ...lun.keys])].slice(0, 64),
        seenBy: [...known.seenBy, ...lun.seenBy],
      });
  }
  return [...merged.values()];
}
