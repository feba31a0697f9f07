import { euiKey, type LunKey, naaKey } from '@lunwarden/contract';
import type { Random } from '../random.js';

/** A storage array as its LUNs show it: the registered NAA prefix is the vendor's real one. */
type StorageArray = {
  vendor: string;
  model: string;
  bus: 'fibre-channel' | 'iscsi' | 'nvme';
  /** First digits of every identifier: NAA type 6 and the vendor's OUI, or nothing before an NGUID. */
  prefix: string;
  /** MSFT_Disk.UniqueIdFormat that Windows prefers for it; 1 spells vendor text, so that only VPD page 0x83 joins. */
  uniqueIdFormat: 1 | 3 | 8;
};

const arrays: readonly [StorageArray, ...StorageArray[]] = [
  { vendor: 'DGC', model: 'VRAID', bus: 'fibre-channel', prefix: '60060160', uniqueIdFormat: 3 },
  { vendor: 'PURE', model: 'FlashArray', bus: 'fibre-channel', prefix: '624a9370', uniqueIdFormat: 3 },
  { vendor: 'NETAPP', model: 'LUN C-Mode', bus: 'iscsi', prefix: '600a0980', uniqueIdFormat: 3 },
  { vendor: 'HITACHI', model: 'OPEN-V', bus: 'fibre-channel', prefix: '60060e80', uniqueIdFormat: 1 },
  { vendor: 'NVMe', model: 'Pure Storage FlashArray', bus: 'nvme', prefix: '', uniqueIdFormat: 8 },
];

/** One LUN of a cluster. Two mentions of it are the same object. */
export type SampleLun = {
  array: StorageArray;
  digits: string;
  /** `ScsiLun.canonicalName`. */
  canonicalName: string;
  number: number;
  serial: string;
  sizeBytes: bigint;
  /** `spare` is presented and empty; `rdm` belongs to one VM and holds no VMFS. */
  use: 'vmfs' | 'rdm' | 'spare';
};

const gibibyte = 1024n ** 3n;

export const arrayOf = (cluster: number): StorageArray => arrays[cluster % arrays.length] ?? arrays[0];

export function makeLun(random: Random, array: StorageArray, number: number, use: SampleLun['use']): SampleLun {
  const digits = array.prefix + random.hex(32 - array.prefix.length);
  return {
    array,
    digits,
    canonicalName: `${array.bus === 'nvme' ? 'eui' : 'naa'}.${digits}`,
    number,
    serial: random.hex(12).toUpperCase(),
    sizeBytes: BigInt(random.pick([1024, 2048, 2048, 4096, 8192])) * gibibyte,
    use,
  };
}

/** The one key of a sample LUN. @throws RangeError for digits that are no identifier, which would be our mistake. */
export function keyOf(lun: Pick<SampleLun, 'array' | 'digits'>): LunKey {
  const key = lun.array.bus === 'nvme' ? euiKey(lun.digits) : naaKey(lun.digits);
  if (key === null) throw new RangeError(`${lun.digits} is no LUN identifier`);
  return key;
}
