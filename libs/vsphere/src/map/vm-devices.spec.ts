import type { MapForeignDisk } from '@lunwarden/contract';
import { expect, test } from 'vitest';
import type { XmlElement } from '../soap/xml-element.js';
import { ownersOf, readVmDevices } from './vm-devices.js';

const leaf = (name: string, text: string): XmlElement => ({ name, type: null, kind: null, text, children: [] });
const disk = (fileName: string, diskMode: string): XmlElement => ({
  name: 'VirtualDevice',
  type: 'VirtualDisk',
  kind: null,
  text: '',
  children: [
    {
      ...leaf('backing', ''),
      type: 'VirtualDiskFlatVer2BackingInfo',
      children: [
        leaf('fileName', fileName),
        leaf('diskMode', diskMode),
        leaf('uuid', '6000C29a-946d-3a9c-79fd-c453a6293ff0'),
      ],
    },
  ],
});

function foreign(...disks: XmlElement[]): MapForeignDisk[] {
  const home = leaf('val', '[ssd-1] proxy01/proxy01.vmx');
  const devices = { ...leaf('val', ''), children: disks };
  const values = new Map([
    ['config.hardware.device', devices],
    ['config.files.vmPathName', home],
  ]);
  const read = readVmDevices({ ref: { kind: 'VirtualMachine', id: 'vm-1' }, values, missing: [] }, () => undefined);
  const homes = new Map([
    ['vm-1', '[ssd-1] proxy01'],
    ['vm-2', '[san-2] sql01'],
  ]);
  return ownersOf(read.foreignDisks, homes);
}

test("a disk in another VM's folder is foreign, with its owner and the id that the guest sees", () => {
  expect(foreign(disk('[san-2] sql01/sql01.vmdk', 'independent_nonpersistent'))).toEqual([
    {
      vm: 'vm-1',
      file: '[san-2] sql01/sql01.vmdk',
      owner: 'vm-2',
      isIndependent: true,
      keys: ['naa:6000c29a946d3a9c79fdc453a6293ff0'],
    },
  ]);
});

test('one that was attached for writing is foreign too', () => {
  expect(foreign(disk('[san-2] sql01/sql01_1.vmdk', 'persistent'))).toMatchObject([
    { owner: 'vm-2', isIndependent: false },
  ]);
});

test('a hot-added disk whose VM is gone stays foreign, of nobody', () => {
  expect(foreign(disk('[san-9] gone/gone.vmdk', 'independent_nonpersistent'))).toMatchObject([{ owner: null }]);
});

test('disks of its own are not: in its home, in a folder of its name elsewhere, or in a folder of nobody', () => {
  expect(
    foreign(
      disk('[ssd-1] proxy01/proxy01.vmdk', 'independent_nonpersistent'),
      disk('[san-2] proxy01/proxy01_1.vmdk', 'persistent'),
      disk('[san-2] shared data/d.vmdk', 'persistent'),
    ),
  ).toEqual([]);
});
