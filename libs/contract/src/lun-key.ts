/**
 * One LUN, many spellings. A key is `naa:<hex>`, `eui:<hex>`, `t10:<text>`, `name:<text>`, `uuid:<hex>` or
 * `esx:<opaque>`, lower case. A disk yields a SET of keys, and two disks are the same LUN when their sets meet.
 * An empty set means: nothing here may be joined (host-local names, cut identifiers, vendor text).
 * Rules and public vectors: SPC-5 7.8 (VPD page 0x83), Broadcom KB 320217 and 379673, MSFT_Disk.UniqueIdFormat.
 */
export type LunKey = string & { readonly __brand: 'LunKey' };

const hexadecimal = /^[0-9a-f]+$/;
const brand = (key: string): LunKey => key as LunKey;
const some = (key: LunKey | null): LunKey[] => (key === null ? [] : [key]);

/** NAA: types 2, 3, 5 have 16 digits, type 6 has 32. Anything else was cut or is not an NAA, and is refused, not guessed. */
export function naaKey(digits: string): LunKey | null {
  const hex = digits.toLowerCase();
  if (!hexadecimal.test(hex) || /^.0+$/.test(hex)) return null;
  const fits = hex.startsWith('6') ? hex.length === 32 : /^[235]/.test(hex) && hex.length === 16;
  return fits ? brand(`naa:${hex}`) : null;
}

/** EUI-64, EUI-64 with extension, or an NVMe NGUID: 16, 24 or 32 digits. */
export function euiKey(digits: string): LunKey | null {
  const hex = digits.toLowerCase().replaceAll('-', '');
  return hexadecimal.test(hex) && [16, 24, 32].includes(hex.length) && !/^0+$/.test(hex) ? brand(`eui:${hex}`) : null;
}

/** T10 vendor identification: vendors pad with spaces, ESXi with underscores. */
export function t10Key(text: string): LunKey | null {
  const bare = trimNul(text)
    .trim()
    .replaceAll(/[\s_]+/g, '_')
    .replaceAll(/^_|_$/g, '');
  return bare === '' ? null : brand(`t10:${bare.toLowerCase()}`);
}

/** `ScsiLun.canonicalName` or `HostScsiDiskPartition.diskName`. `mpx.` names a path of one host: no key. */
export function keysOfEsxName(name: string): LunKey[] {
  const match = /^(naa|eui|t10|uuid|vml)\.(.+)$/i.exec(name.trim());
  if (match === null) return [];
  const [, kind = '', rest = ''] = match;
  switch (kind.toLowerCase()) {
    case 'naa':
      return some(naaKey(rest));
    case 'eui':
      return some(euiKey(rest));
    case 't10':
      return some(t10Key(rest));
    case 'vml':
      return keysOfEsxUuid(rest);
    default:
      return [brand(`uuid:${rest.toLowerCase().replaceAll('-', '')}`)];
  }
}

/**
 * `ScsiLun.uuid`, a `vml.` name, or an RDM's `lunUuid`: type, device type, LUN low, LUN high, reserved (a byte each),
 * then the identifier and six bytes of model. Type 02 holds an NAA; 00 is a path; others are opaque and join only
 * through ScsiLun.uuid, because serial-based ones (01) are shared by several LUNs of some arrays.
 */
export function keysOfEsxUuid(uuid: string): LunKey[] {
  const hex = uuid.toLowerCase().replace(/^vml\./, '');
  if (!hexadecimal.test(hex) || hex.length < 12) return [];
  const type = hex.slice(0, 2);
  if (type === '00') return [];
  const opaque = brand(`esx:${hex}`);
  if (type !== '02') return [opaque];
  const digits = hex.slice(10, -12);
  return [naaKey(digits) ?? opaque];
}

/** LUN number inside a `vml.` identifier: two bytes, low one first (ESXi 7 and later use both). */
export function lunNumberOfEsxUuid(uuid: string): number {
  const hex = uuid.toLowerCase().replace(/^vml\./, '');
  return Number.parseInt(hex.slice(6, 8) + hex.slice(4, 6), 16);
}

/** A SCSI name string (designator type 8), e.g. `naa.6…` or an iSCSI name. */
function keysOfScsiName(text: string): LunKey[] {
  const bare = trimNul(text).trim();
  const match = /^(naa|eui)\.([0-9a-f]+)$/i.exec(bare);
  if (match !== null) return some(match[1]?.toLowerCase() === 'naa' ? naaKey(match[2] ?? '') : euiKey(match[2] ?? ''));
  return bare === '' ? [] : [brand(`name:${bare.toLowerCase()}`)];
}

/** MSFT_Disk.UniqueId by its UniqueIdFormat. Format 0 (vendor specific) spells a device instance, never a LUN. */
export function keysOfWindowsUniqueId(uniqueId: string | null, format: number | null): LunKey[] {
  if (uniqueId === null) return [];
  const text = trimNul(uniqueId).trim();
  if (/^(naa|eui)\./i.test(text)) return keysOfScsiName(text.replace(/\.$/, ''));
  const digits = text.replaceAll(/[-{} ]/g, '');
  switch (format) {
    case 1:
      return some(t10Key(text));
    case 2:
      return some(euiKey(digits));
    case 3:
    case null:
      return some(naaKey(digits));
    case 8:
      return keysOfScsiName(text);
    default:
      return [];
  }
}

/** A Linux name: `/dev/disk/by-id/…`, sysfs `wwid`, or a multipath wwid. */
export function keysOfLinuxId(id: string): LunKey[] {
  const name = id
    .trim()
    .replace(/^\/dev\/disk\/by-id\//, '')
    .replace(/-part\d+$/, '');
  const wwn = /^(?:wwn-)?0x([0-9a-f]+)$/i.exec(name);
  if (wwn !== null) return some(naaKey(wwn[1] ?? ''));
  const named = /^(?:nvme-)?((?:eui|naa|uuid|t10)\..+)$/i.exec(name);
  if (named !== null) return keysOfEsxName(named[1] ?? '');
  const scsi = /^(?:(?:scsi|dm-uuid-mpath|mpath)-)?([1238])(.+)$/.exec(name);
  if (scsi === null) return [];
  const [, type, rest = ''] = scsi;
  if (type === '8') return keysOfScsiName(rest);
  return some(type === '3' ? naaKey(rest) : type === '2' ? euiKey(rest) : t10Key(rest));
}

/**
 * Raw VPD page 0x83 in hex: every designator that belongs to the logical unit (association 0).
 * @throws RangeError when the page or a designator runs past its end.
 */
export function keysOfVpd83(hex: string): LunKey[] {
  const bytes = (hex.replaceAll(/\s/g, '').match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16));
  const byte = (at: number): number => bytes[at] ?? 0;
  const end = 4 + byte(2) * 256 + byte(3);
  if (byte(1) !== 0x83 || end > bytes.length) throw new RangeError('not a whole VPD page 0x83');
  const keys: LunKey[] = [];
  for (let at = 4; at + 4 <= end; ) {
    const next = at + 4 + byte(at + 3);
    if (next > end) throw new RangeError('a designator runs past the end of VPD page 0x83');
    if (((byte(at + 1) >> 4) & 3) === 0)
      keys.push(...keysOfDesignator(byte(at) & 15, byte(at + 1) & 15, bytes.slice(at + 4, next)));
    at = next;
  }
  return [...new Set(keys)];
}

function keysOfDesignator(codeSet: number, type: number, body: readonly number[]): LunKey[] {
  const text = String.fromCharCode(...body);
  const digits = codeSet === 1 ? body.map((value) => value.toString(16).padStart(2, '0')).join('') : text;
  if (type === 1) return some(t10Key(text));
  if (type === 2) return some(euiKey(digits));
  if (type === 3) return some(naaKey(digits));
  return type === 8 ? keysOfScsiName(text) : [];
}

const trimNul = (text: string): string => {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === 0) end--;
  return text.slice(0, end);
};
