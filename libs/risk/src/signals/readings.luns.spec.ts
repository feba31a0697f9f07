import type { LinuxDisk, WindowsDisk } from '@lunwarden/contract';
import {
  datastoreOn,
  linuxFacts,
  linuxVmfsDisk,
  mapOf,
  storyMap,
  storyNaa,
  vmfsDisk,
  windowsBootDisk,
  windowsDataGptType,
  windowsFacts,
} from '@lunwarden/sample-fleet';
import type { Facts } from '../facts.js';
import { unknown } from '../testing/cases.js';
import { describeReadings, type ReadingCase, reportAt } from '../testing/readings.js';

const all = ['visibleLuns', 'luns', 'overwritten', 'reach'] as const;
const sees = (...disks: WindowsDisk[]) => windowsFacts({ disks: { value: [windowsBootDisk(), ...disks] } });
const lun = (number: number, change: Partial<WindowsDisk> = {}) => vmfsDisk(number, undefined, change);
const linux = (change: Partial<LinuxDisk>) => linuxFacts({ disks: { value: [linuxVmfsDisk(1, undefined, change)] } });
const online = { isOffline: { value: false } } as const;
const writable = { isReadOnly: { value: false } } as const;
const stranger = lun(9, {
  uniqueId: '600601604F1234005DEADBEEF0000001',
  partitionStyle: 'RAW',
  partitions: { value: [] },
});
const foreign = lun(1, {
  partitions: { value: [{ number: 1, gptType: windowsDataGptType, mbrType: null, sizeBytes: '1', accessPaths: [] }] },
});
const unread = windowsFacts({ disks: unknown });
const one = sees(lun(1));
const none = sees();
const twoOnOne = mapOf(
  [datastoreOn(storyNaa(1), 'gold', [1, 2]), datastoreOn(storyNaa(1), 'copy', [2, 3], 'datastore-2')],
  '2026-11-20T05:50:00Z',
);
const empty = mapOf([datastoreOn(storyNaa(1), 'gold', [])], '2026-11-20T05:50:00Z');
const [map] = [storyMap('2026-11-20T05:50:00Z')];
const vcenters = (change: Partial<(typeof map)['vcenters'][number]>): Partial<Facts> => ({
  map: { ...map, vcenters: map.vcenters.map((vcenter) => ({ ...vcenter, ...change })) },
});

describeReadings('LUNs', [
  ['no LUN in sight', all, none],
  ['a guarded LUN', all, one],
  [
    'LUNs in every state of Windows',
    all,
    sees(lun(1), lun(2, online), lun(3, writable), lun(4, { ...online, ...writable })),
  ],
  [
    'two guarded LUNs and one that the array guards',
    all,
    sees(lun(1), lun(2), lun(3, { ...online, ...writable, isArrayReadOnly: { value: true } })),
  ],
  ['a LUN in a state that nobody could read', all, sees(lun(1), lun(2, { isOffline: unknown }))],
  ['a read-only flag that nobody could read', all, sees(lun(1, { isReadOnly: unknown }))],
  ['a stranger', all, sees(stranger)],
  ['a stranger beside a LUN', all, sees(lun(1), stranger)],
  ['a foreign table', all, sees(foreign, lun(2))],
  ['a table that nobody could read', all, sees(lun(1, { partitions: unknown }))],
  ['a foreign table beside one that nobody could read', all, sees(foreign, lun(2, { partitions: unknown }))],
  ['a list that nobody could read', all, unread],
  ['an old list without a LUN', all, none, reportAt(none, '2026-11-20T03:10:00Z')],
  ['an old list with a LUN', all, one, reportAt(one, '2026-11-20T03:10:00Z')],
  ['a LUN in the report before', all, unread, reportAt(unread, '2026-11-20T06:00:00Z', one)],
  ['a list of unproven age', all, one, reportAt(one, null)],
  ['a host that never reported', all, one, { report: null }],
  ['a read-only LUN on Linux', all, linux({})],
  ['a writable LUN on Linux', all, linux({ readOnly: { value: false } })],
  ['a flag that nobody could read on Linux', all, linux({ readOnly: unknown })],
  ['two datastores on one LUN that share a VM', ['reach'], one, { map: twoOnOne }],
  ['an empty datastore', ['reach'], one, { map: empty }],
  ['an old map', ['reach'], one, vcenters({ collectedAt: '2026-11-20T04:10:00.000Z' })],
  ['a map of almost two hours', ['reach'], one, vcenters({ collectedAt: '2026-11-20T04:10:00.001Z' })],
  ['a map a minute ahead', ['reach'], one, vcenters({ collectedAt: '2026-11-20T06:11:00.000Z' })],
  ['a map from the future', ['reach'], one, vcenters({ collectedAt: '2026-11-20T06:11:00.001Z' })],
  ['a map with a gap', ['reach'], one, vcenters({ gaps: [{ object: 'vm-1', path: 'name', reason: 'denied' }] })],
  ['a vCenter that never answered', all, one, vcenters({ collectedAt: null })],
  ['no vCenter', all, one, { map: { vcenters: [], datastores: [] } }],
] satisfies ReadingCase[]);
