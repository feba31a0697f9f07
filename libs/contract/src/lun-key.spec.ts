import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  keysOfEsxName,
  keysOfEsxUuid,
  keysOfLinuxId,
  keysOfVpd83,
  keysOfWindowsUniqueId,
  lunNumberOfEsxUuid,
} from './lun-key.js';

// Public vectors; each line names where it was published.
const vectors: [source: string, got: readonly string[], want: string[]][] = [
  [
    'Broadcom KB 320217',
    keysOfEsxUuid('vml.02000000006000eb3952315fbe000000000000001b695343534944'),
    ['naa:6000eb3952315fbe000000000000001b'],
  ],
  [
    'Broadcom KB 320217, canonical name',
    keysOfEsxName('naa.6000eb3952315fbe000000000000001b'),
    ['naa:6000eb3952315fbe000000000000001b'],
  ],
  [
    'Broadcom KB 320217, EqualLogic',
    keysOfEsxUuid('vml.02000000006090a0a8e07bea184a0685b5f62efd94313030452d30'),
    ['naa:6090a0a8e07bea184a0685b5f62efd94'],
  ],
  [
    'Broadcom KB 379673, ESXi 7',
    keysOfEsxUuid('vml.02000501006000eb3952315fbe0000000000000041695343534944'),
    ['naa:6000eb3952315fbe0000000000000041'],
  ],
  [
    'nri-vsphere dump, ESXi 8 hash',
    keysOfEsxUuid('0516d7cb0a37866da0cbd48c492c0cdaf0f46f902627ce5daff514707edeca7213'),
    ['esx:0516d7cb0a37866da0cbd48c492c0cdaf0f46f902627ce5daff514707edeca7213'],
  ],
  [
    'nri-vsphere dump, t10',
    keysOfEsxName('t10.NVMe____Amazon_EC2_NVMe_Instance_Storage________AWS04D7807B2B3EAC7BA00000001'),
    ['t10:nvme_amazon_ec2_nvme_instance_storage_aws04d7807b2b3eac7ba00000001'],
  ],
  ['govmomi simulator, a path name', keysOfEsxName('mpx.vmhba0:C0:T0:L0'), []],
  ['govmomi simulator, a path uuid', keysOfEsxUuid('0000000000766d686261303a303a30'), []],
  [
    'openstack/os-win, page 0x83 of a 3PAR LUN',
    keysOfVpd83('008300240103001060002AC00000000000000EA00000869901140004000003F40115000400000001'),
    ['naa:60002ac00000000000000ea000008699'],
  ],
  [
    'openstack/os-win, empty page',
    keysOfVpd83('008300000103001060002AC00000000000000EA00000869901140004000003F40115000400000001'),
    [],
  ],
  [
    'openstack/os-win, what Windows shows',
    keysOfWindowsUniqueId('60002AC00000000000000EA000008699', 3),
    ['naa:60002ac00000000000000ea000008699'],
  ],
  [
    'StorageDsc #104, Server 2012',
    keysOfWindowsUniqueId('6000C292A946D3A9C79FDC453A6293FF', 3),
    ['naa:6000c292a946d3a9c79fdc453a6293ff'],
  ],
  [
    'StorageDsc #104, Server 2016',
    keysOfWindowsUniqueId('SCSI\\DISK&VEN_VMWARE&PROD_VIRTUAL_DISK\\5&1F2A051C&0&000300:LABSERVER2016', 0),
    [],
  ],
  ['virtio-win #353, one id on every disk', keysOfWindowsUniqueId('3141463431303031', 0), []],
  [
    'udev patch 2009',
    keysOfLinuxId('wwn-0x600508b400105df70000e00000d80000'),
    ['naa:600508b400105df70000e00000d80000'],
  ],
  ['udev, ID_WWN cut to eight bytes', keysOfLinuxId('wwn-0x600508b400105df7'), []],
  [
    'udev by-id of a partition',
    keysOfLinuxId('/dev/disk/by-id/wwn-0x5001517387d61905-part1'),
    ['naa:5001517387d61905'],
  ],
  ['scsi_id(8)', keysOfLinuxId('3600a0b80000b174b000000d63efc5c8c'), ['naa:600a0b80000b174b000000d63efc5c8c']],
  ['scsi by-id', keysOfLinuxId('scsi-350014ee20ce3848a'), ['naa:50014ee20ce3848a']],
  ['3PAR multipath', keysOfLinuxId('360002ac0000000000000007a0002d495'), ['naa:60002ac0000000000000007a0002d495']],
  [
    'Pure support, NGUID on Linux',
    keysOfLinuxId('nvme-eui.003b7b308d98f94224a9375e00018816'),
    ['eui:003b7b308d98f94224a9375e00018816'],
  ],
  [
    'Pure support, NGUID on ESXi',
    keysOfEsxName('eui.003b7b308d98f94224a9375e00018816'),
    ['eui:003b7b308d98f94224a9375e00018816'],
  ],
  [
    'NGUID as Windows may name it',
    keysOfWindowsUniqueId('eui.003B7B308D98F94224A9375E00018816', 8),
    ['eui:003b7b308d98f94224a9375e00018816'],
  ],
  ['NVMe namespace EUI-64', keysOfLinuxId('nvme-eui.0025385271b166c9'), ['eui:0025385271b166c9']],
  [
    'ManageIQ storageDevice.yml, vml of a NetApp LUN',
    keysOfEsxUuid('vml.020000000060a980005034442f525a2f7437594a584c554e202020'),
    ['naa:60a980005034442f525a2f7437594a58'],
  ],
  ['an all-zero tail', keysOfEsxName('naa.60000000000000000000000000000000'), []],
];

describe('LUN keys', () => {
  it.each(vectors)('spells the public vector the same everywhere: %s', (_source, got, want) => {
    expect(got).toEqual(want);
  });

  it('reads upper-case ESXi names as the same LUN', () => {
    expect(keysOfEsxName('naa.600A0980383139544924583130314C41')).toEqual(
      keysOfEsxName('naa.600a0980383139544924583130314c41'),
    );
  });

  it('reads the two-byte LUN number of ESXi 7', () => {
    expect(lunNumberOfEsxUuid('vml.02000501006000eb3952315fbe0000000000000041695343534944')).toBe(261);
  });

  it.each([
    '008300F40103001060002AC00000000000000EA00000869901140004000003F40115000400000001',
    '00830024010300FF60002AC00000000000000EA00000869901140004000003F40115000400000001',
    '0080000401020304',
    '0083',
  ])('refuses a damaged VPD page 0x83 (%s)', (page) => {
    expect(() => keysOfVpd83(page)).toThrow(RangeError);
  });

  it('keeps LUNs with one serial tail apart', () => {
    const luns = ['0000', '0100', '0200'].map((lun) => keysOfEsxUuid(`0100${lun}002020202069534353492d`));
    expect(new Set(luns.flat()).size).toBe(3);
  });

  it('gives one key to one NAA, whoever names it', () => {
    const digits = fc.stringMatching(/^6[0-9a-f]{31}$/).filter((hex) => !/^.0+$/.test(hex));
    fc.assert(
      fc.property(digits, (hex) => {
        const key = [`naa:${hex}`];
        expect(keysOfEsxName(`naa.${hex}`)).toEqual(key);
        expect(keysOfLinuxId(`3${hex}`)).toEqual(key);
        expect(keysOfWindowsUniqueId(hex.toUpperCase(), 3)).toEqual(key);
        expect(keysOfVpd83(`0083001401030010${hex}`)).toEqual(key);
        expect(keysOfEsxUuid(`vml.0200000000${hex}695343534944`)).toEqual(key);
      }),
    );
  });
});
