import { keysOfEsxName, type MapLun } from '@lunwarden/contract';
import { expect, test } from 'vitest';
import { AnswerReader, returnvalDepth } from '../soap/answer-reader.js';
import { textOf, type XmlElement } from '../soap/xml-element.js';
import { lunParts, mergeLuns, readLuns } from './lun.js';

function read(scsiLun: string): { luns: MapLun[]; refused: string[]; value: XmlElement } {
  let value: XmlElement = { name: '', type: null, kind: null, text: '', children: [] };
  const onItem = (item: XmlElement): void => {
    value = item;
  };
  const reader = new AnswerReader({ method: 'X', itemDepth: returnvalDepth, onItem, only: lunParts });
  const text = `<Envelope><Body><XResponse><returnval>${scsiLun}</returnval></XResponse></Body></Envelope>`;
  reader.write(new TextEncoder().encode(text));
  reader.end();
  const refused: string[] = [];
  return { luns: readLuns('host-1', value, (name) => refused.push(name)), refused, value };
}

const disk = (name: string, rest = '') =>
  `<ScsiLun><uuid>u</uuid><canonicalName>${name}</canonicalName><lunType>disk</lunType><vendor>DGC     </vendor><model> VRAID </model>${rest}</ScsiLun>`;

test('vendor and model come without their padding, bytes are read over, what follows them is not', () => {
  const bytes = '<standardInquiry>0</standardInquiry><durableName><data>-75</data></durableName>';
  const { luns, value } = read(disk('naa.60060160AAAAAAAAAAAAAAAAAAAAAAAA', `${bytes}<localDisk>true</localDisk>`));
  expect(luns).toMatchObject([
    { vendor: 'DGC', model: 'VRAID', isLocal: true, keys: ['naa:60060160aaaaaaaaaaaaaaaaaaaaaaaa'] },
  ]);
  const [lun] = value.children;
  expect([textOf(lun ?? null, 'standardInquiry'), textOf(lun ?? null, 'durableName', 'data')]).toEqual([null, null]);
});

test('the size is exact beyond what a JavaScript number holds', () => {
  const capacity = '<capacity><blockSize>4096</blockSize><block>4503599627370495</block></capacity>';
  expect(read(disk('naa.60060160aaaaaaaaaaaaaaaaaaaaaaaa', capacity)).luns[0]?.capacityBytes).toBe(
    '18446744073709547520',
  );
});

test('an optical drive is no LUN', () => {
  expect(read(disk('mpx.vmhba1:C0:T0:L0').replace('disk', 'cdrom')).luns).toEqual([]);
});

test('a descriptor adds a key, one made from a serial number does not', () => {
  const ids = ['eui.003b7b308d98f94224a9375e00018816', 'vml.0100000000313233343536', '0100000000313233343536'];
  const rest = ids.map((id) => `<descriptor><quality>x</quality><id>${id}</id></descriptor>`).join('');
  expect(read(disk('t10.NVMe____A', rest)).luns[0]?.keys).toEqual([
    't10:nvme_a',
    'eui:003b7b308d98f94224a9375e00018816',
  ]);
});

test('hosts that see the same LUN are gathered; a name of one host only stays its own', () => {
  const lun = (canonicalName: string, host: string): MapLun => ({
    canonicalName,
    uuid: '',
    keys: keysOfEsxName(canonicalName),
    vendor: '',
    model: '',
    capacityBytes: null,
    isLocal: false,
    seenBy: [host],
  });
  const shared = 'naa.60060160aaaaaaaaaaaaaaaaaaaaaaaa';
  const local = 'mpx.vmhba0:C0:T0:L0';
  const all = mergeLuns([lun(shared, 'host-1'), lun(local, 'host-1'), lun(shared, 'host-2'), lun(local, 'host-2')]);
  expect(all.map(({ canonicalName, seenBy }) => [canonicalName, seenBy])).toEqual([
    [shared, ['host-1', 'host-2']],
    [local, ['host-1']],
    [local, ['host-2']],
  ]);
});
