import { describe, expect, test } from 'vitest';
import { GapList } from '../collect/gap-list.js';
import { readObjectContent } from '../collect/object-content.js';
import { AnswerReader, insideReturnvalDepth } from '../soap/answer-reader.js';
import { readDatastore } from './datastore.js';

const head = (prefix: string, name: string) =>
  `<propSet><name>name</name><val ${prefix}:type="xsd:string">${name}</val></propSet><propSet><name>parent</name><val type="Folder" ${prefix}:type="ManagedObjectReference">group-s1</val></propSet>`;
const summary = (prefix: string, accessible: boolean) =>
  `<propSet><name>summary.accessible</name><val ${prefix}:type="xsd:boolean">${accessible}</val></propSet><propSet><name>summary.capacity</name><val>18446744073709551615</val></propSet><propSet><name>summary.freeSpace</name><val>1</val></propSet><propSet><name>summary.type</name><val>VMFS</val></propSet>`;
const hosts =
  '<propSet><name>host</name><val><DatastoreHostMount><key type="HostSystem">host-1</key><mountInfo><accessMode>readWrite</accessMode></mountInfo></DatastoreHostMount><DatastoreHostMount><key type="HostSystem">host-2</key><mountInfo><mounted>false</mounted><accessible>false</accessible></mountInfo></DatastoreHostMount></val></propSet>';
const vmfs =
  '<vmfs><uuid>u</uuid><extent><diskName>naa.60060160AAAAAAAAAAAAAAAAAAAAAAAA</diskName><partition>1</partition></extent><extent><diskName>mpx.vmhba0:C0:T0:L0</diskName><partition>3</partition></extent></vmfs>';
const info = (prefix: string, body: string, type = 'VmfsDatastoreInfo') =>
  `<propSet><name>info</name><val ${prefix}:type="${type}"><name>x</name>${body}</val></propSet>`;

function read(properties: string) {
  const text = `<Envelope><Body><XResponse><returnval><objects><obj type="Datastore">datastore-1</obj>${properties}</objects></returnval></XResponse></Body></Envelope>`;
  const gaps = new GapList();
  let found: ReturnType<typeof readDatastore> = null;
  const onItem = (item: Parameters<typeof readObjectContent>[0]) => {
    found = readDatastore(readObjectContent(item), gaps);
  };
  const reader = new AnswerReader({ method: 'X', itemDepth: insideReturnvalDepth, onItem });
  reader.write(new TextEncoder().encode(text));
  reader.end();
  return { value: (found as ReturnType<typeof readDatastore>)?.value, gaps: gaps.toArray() };
}

test.each(['xsi', '_XMLSchema-instance', 'XMLSchema-instance'])('a VMFS datastore, types written with %s', (prefix) => {
  const { value, gaps } = read(head(prefix, 'a') + summary(prefix, true) + hosts + info(prefix, vmfs));
  expect(gaps).toEqual([]);
  expect(value).toMatchObject({
    type: 'VMFS',
    vmfsUuid: 'u',
    capacityBytes: '18446744073709551615',
    extents: [
      { partition: 1, keys: ['naa:60060160aaaaaaaaaaaaaaaaaaaaaaaa'] },
      { diskName: 'mpx.vmhba0:C0:T0:L0', partition: 3, keys: [] },
    ],
  });
});

test('a mount that does not say otherwise is mounted', () => {
  const { value } = read(head('xsi', 'a') + summary('xsi', true) + hosts + info('xsi', vmfs));
  expect(value?.hosts).toEqual([
    { host: 'host-1', mounted: true, accessible: true },
    { host: 'host-2', mounted: false, accessible: false },
  ]);
});

test('a datastore that no host mounts has no hosts, and that is no gap', () => {
  const { value, gaps } = read(head('xsi', 'a') + summary('xsi', true) + info('xsi', vmfs));
  expect([value?.hosts, gaps]).toEqual([[], []]);
});

describe('what is not known is a gap, never an absence', () => {
  test('the LUNs of a datastore that no host can reach', () => {
    const { value, gaps } = read(head('xsi', 'a') + summary('xsi', false) + hosts + info('xsi', ''));
    expect(value).toMatchObject({ accessible: false, extents: [], capacityBytes: null, freeBytes: null });
    expect(gaps).toEqual([
      { object: 'Datastore:datastore-1', path: 'info.vmfs', reason: 'not answered: the datastore is not accessible' },
    ]);
  });

  test('a required property that vCenter passed over in silence', () => {
    const { value, gaps } = read(head('xsi', 'a') + hosts + summary('xsi', true));
    expect(value?.extents).toEqual([]);
    expect(gaps).toEqual([{ object: 'Datastore:datastore-1', path: 'info', reason: 'not answered' }]);
  });

  test('an object that fits no datastore', () => {
    const bad = vmfs.replace('<partition>1<', '<partition>-1<');
    const { value, gaps } = read(head('xsi', 'a') + summary('xsi', true) + hosts + info('xsi', bad));
    expect(value).toBeUndefined();
    expect(gaps).toEqual([{ object: 'Datastore:datastore-1', path: '*', reason: 'does not fit: extents.0.partition' }]);
  });
});

test('names are cleaned and unescaped, paths keep their escapes', () => {
  const { value } = read(head('xsi', 'a%2fb%25%5c \u202ec') + summary('xsi', true) + hosts + info('xsi', vmfs));
  expect(value).toMatchObject({ name: 'a/b%\\ \ufffdc' });
});

test.each([
  ['NasDatastoreInfo', 'NFS'],
  ['VsanDatastoreInfo', 'vsan'],
  ['VvolDatastoreInfo', 'VVOL'],
  ['PMemDatastoreInfo', 'PMEM'],
  ['LocalDatastoreInfo', 'LOCAL'],
  ['SomethingOfTheFuture', 'OTHER'],
])('%s is a datastore of type %s', (infoType, type) => {
  const plain = summary('xsi', true).replace('<val>VMFS</val>', '<val>OTHER</val>');
  const { value, gaps } = read(head('xsi', 'a') + plain + hosts + info('xsi', '', infoType));
  expect(value).toMatchObject({ type, extents: [] });
  expect(gaps).toEqual([]);
});
