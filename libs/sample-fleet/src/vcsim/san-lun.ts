import { randomOf } from '../random.js';

/** A LUN as ESXi names it. */
export interface SanLun {
  /** LUN number, the same on every host of the cluster. */
  readonly number: number;
  /** `ScsiLun.canonicalName`: naa. (most), eui. (NVMe) or t10. */
  readonly canonicalName: string;
  /** `ScsiLun.uuid`, which is also what an RDM's `lunUuid` holds. */
  readonly uuid: string;
  readonly vendor: string;
  readonly model: string;
}

/** One in fifty is an NVMe namespace and one in fifty names itself by vendor text, as in a mixed estate. */
export function sanLun(seed: number, cluster: number, number: number): SanLun {
  const random = randomOf(seed, 'vcsim', 'lun', cluster, number);
  // Byte 2 and 3 of a vml. identifier: LUN number, low byte first (Broadcom KB 379673).
  const low = (number % 256).toString(16).padStart(2, '0');
  const high = Math.floor(number / 256)
    .toString(16)
    .padStart(2, '0');
  const head = `${low}${high}00`;
  if (number % 50 === 48) {
    const serial = random.hex(16).toUpperCase();
    const canonicalName = `t10.NVMe____VENDOR_MODEL_3840GB___________________${serial}`;
    return {
      number,
      canonicalName,
      uuid: `0100${head}${random.hex(24)}4e564d652020`,
      vendor: 'NVMe    ',
      model: 'VENDOR MODEL 384',
    };
  }
  if (number % 50 === 49) {
    const nguid = `00${random.hex(14)}24a937${random.hex(10)}`;
    return {
      number,
      canonicalName: `eui.${nguid}`,
      uuid: `0100${head}${nguid}507572652053`,
      vendor: 'NVMe    ',
      model: 'Pure Storage Fla',
    };
  }
  const naa = `60060160${random.hex(24)}`;
  return {
    number,
    canonicalName: `naa.${naa}`,
    uuid: `0200${head}${naa}565241494420`,
    vendor: 'DGC     ',
    model: 'VRAID           ',
  };
}
