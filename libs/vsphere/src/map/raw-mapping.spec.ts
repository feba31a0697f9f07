import { keysOfEsxName, type MapLun, type MapRawMapping } from '@lunwarden/contract';
import { expect, test } from 'vitest';
import { joinRawMappings } from './raw-mapping.js';

const naa = '60060160aaaaaaaaaaaaaaaaaaaaaaaa';
const lun = (canonicalName: string, uuid: string): MapLun => ({
  canonicalName,
  uuid,
  keys: keysOfEsxName(canonicalName),
  vendor: '',
  model: '',
  capacityBytes: null,
  isLocal: false,
  seenBy: ['host-1'],
});
const mapping = (lunUuid: string): MapRawMapping => ({ vm: 'vm-1', lunUuid, keys: [], compatibility: 'physical' });
const keys = (lunUuid: string, ...luns: MapLun[]) => joinRawMappings([mapping(lunUuid)], luns)[0]?.keys;

test('an opaque uuid is resolved through the LUN that has it', () => {
  expect(keys('05aabbccddeeff00', lun(`naa.${naa}`, '05aabbccddeeff00'))).toEqual([`naa:${naa}`]);
});

test('a uuid that spells an NAA is known even if nobody who was asked sees the LUN', () => {
  expect(keys(`0200000000${naa}565241494420`)).toEqual([`naa:${naa}`]);
});

test('a serial number that two LUNs share names neither of them', () => {
  const uuid = '0100000000313233343536';
  const other = lun('naa.60060160bbbbbbbbbbbbbbbbbbbbbbbb', uuid);
  expect(keys(uuid, lun(`naa.${naa}`, uuid), other)).toEqual([]);
  expect(keys(uuid)).toEqual([]);
});
