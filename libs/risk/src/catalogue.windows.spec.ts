import type { WindowsDisk } from '@lunwarden/contract';
import {
  datastoreOn,
  hostOf,
  mapOf,
  storyFacts,
  storyNaa,
  vmfsDisk,
  windowsBootDisk,
  windowsDataGptType,
  windowsFacts,
} from '@lunwarden/sample-fleet';
import type { MappedDatastore } from './facts.js';
import { beside, type Case, describeRules, linuxBeside, previous, unknown, withLun } from './testing/cases.js';

const offline = { isOffline: { value: false } } as const;
const writable = { isReadOnly: { value: false } } as const;
const stranger: Partial<WindowsDisk> = {
  uniqueId: '600601604F1234005DEADBEEF0000001',
  partitionStyle: 'RAW',
  partitions: { value: [] },
};
const foreignTable: Partial<WindowsDisk> = {
  partitions: {
    value: [{ number: 1, gptType: windowsDataGptType, mbrType: null, sizeBytes: '1', accessPaths: [] }],
  },
};
const onlineAll = { value: 'OnlineAll' } as const;
const peers = { peers: { count: 9, sanPolicy: 'OfflineShared', automount: 'disabled' } } as const;
const swapped = beside({
  disks: { value: [windowsBootDisk(), vmfsDisk(2, storyNaa(1), offline), vmfsDisk(1, storyNaa(2))] },
});
const two = (change: Partial<WindowsDisk> = {}) =>
  beside({ disks: { value: [windowsBootDisk(), vmfsDisk(1, storyNaa(1), change), vmfsDisk(2, storyNaa(2))] } });
const copied = mapOf(
  [datastoreOn(storyNaa(1), 'gold', [1]), { ...datastoreOn(storyNaa(2), 'snap-gold', [2]), vmfsUuid: 'same' }],
  '2026-11-20T05:50:00Z',
);
const twice = { map: { ...copied, datastores: copied.datastores.map((one) => ({ ...one, vmfsUuid: 'same' })) } };

const known = hostOf(beside()).map;
const doubtful = (doubt: Partial<MappedDatastore>) => ({
  map: { ...known, datastores: known.datastores.map((one) => ({ ...one, ...doubt })) },
});
const path = { serialNumber: 'one and the same' } as const;
const raw: Partial<WindowsDisk> = { partitionStyle: 'RAW', partitions: { value: [] } };

const cases: Case[] = [
  ['mount-points-not-scrubbed', 'at-risk', 'low', beside({ staleMountPoints: { value: 3 } })],
  ['mount-points-not-scrubbed', 'safe', null, beside()],
  ['mount-points-not-scrubbed', 'unknown', null, beside({ staleMountPoints: unknown })],
  ['mount-points-not-scrubbed', 'not-applicable', null, windowsFacts({ staleMountPoints: { value: 3 } })],
  ['guard-weakened', 'at-risk', 'high', beside({ sanPolicy: onlineAll }), previous(beside())],
  ['guard-weakened', 'at-risk', 'high', beside({ automount: { value: 'enabled' } }), previous(beside())],
  ['guard-weakened', 'safe', null, beside(), previous(beside({ sanPolicy: onlineAll }))],
  ['guard-weakened', 'unknown', null, beside()],
  ['guard-weakened', 'unknown', null, beside({ sanPolicy: unknown }), previous(beside())],
  ['guard-weakened', 'unknown', null, beside(), previous(beside({ automount: unknown }))],
  ['guard-weakened', 'not-applicable', null, beside(), { previous: null }],
  ['guard-unlike-peers', 'at-risk', 'low', beside({ sanPolicy: { value: 'OfflineAll' } }), peers],
  ['guard-unlike-peers', 'safe', null, beside(), peers],
  ['guard-unlike-peers', 'unknown', null, beside()],
  ['guard-unlike-peers', 'unknown', null, beside({ automount: unknown }), peers],
  ['guard-unlike-peers', 'not-applicable', null, beside(), { peers: { ...peers.peers, count: 2 } }],
  ['guard-not-enforced', 'at-risk', 'info', beside({ guardEnforcement: { value: [] } })],
  ['guard-not-enforced', 'safe', null, beside({ guardEnforcement: { value: ['group-policy'] } })],
  ['guard-not-enforced', 'unknown', null, beside()],
  ['vmfs-lun-overwritten', 'at-risk', 'critical', withLun(foreignTable)],
  ['vmfs-lun-overwritten', 'safe', null, beside()],
  ['vmfs-lun-overwritten', 'safe', null, linuxBeside()],
  ['vmfs-lun-overwritten', 'unknown', null, withLun({ partitions: unknown })],
  // Decision 10: RAW is read only of a disk that is online, has a size, and that no other path shows with VMFS.
  ['vmfs-lun-overwritten', 'at-risk', 'critical', withLun({ ...raw, ...offline })],
  ['vmfs-lun-overwritten', 'unknown', null, withLun(raw)],
  ['vmfs-lun-overwritten', 'unknown', null, withLun({ ...raw, ...offline, sizeBytes: '0' })],
  ['vmfs-lun-overwritten', 'unknown', null, withLun({ ...raw, isOffline: unknown })],
  [
    'vmfs-lun-overwritten',
    'unknown',
    null,
    beside({
      disks: {
        value: [
          windowsBootDisk(),
          vmfsDisk(1, undefined, { ...raw, ...offline, ...path }),
          vmfsDisk(2, storyNaa(1), { ...offline, ...path }),
        ],
      },
    }),
  ],
  ['vmfs-lun-overwritten', 'not-applicable', null, windowsFacts()],
  ['vmfs-lun-table-changed', 'at-risk', 'critical', withLun({ partitionStyle: 'MBR' }), previous(beside())],
  [
    'vmfs-lun-table-changed',
    'at-risk',
    'critical',
    withLun({ signature: '0x2' }),
    previous(withLun({ signature: '0x1' })),
  ],
  ['vmfs-lun-table-changed', 'safe', null, beside(), previous(beside())],
  ['vmfs-lun-table-changed', 'safe', null, withLun({ partitionStyle: 'unknown' }), previous(beside())],
  ['vmfs-lun-table-changed', 'unknown', null, beside(), previous(beside({ disks: unknown }))],
  ['vmfs-lun-table-changed', 'unknown', null, beside()],
  ['vmfs-lun-table-changed', 'not-applicable', null, beside(), { previous: null }],
  ['empty-disk-on-shared-bus', 'at-risk', 'medium', withLun(stranger)],
  ['empty-disk-on-shared-bus', 'safe', null, beside()],
  ['empty-disk-on-shared-bus', 'safe', null, withLun({ ...stranger, busType: 7 })],
  ['empty-disk-on-shared-bus', 'unknown', null, withLun({ partitionStyle: 'unknown' })],
  ['empty-disk-on-shared-bus', 'not-applicable', null, linuxBeside()],
  ['disk-identity-collides', 'at-risk', 'high', withLun({ offlineReason: 4 })],
  ['disk-identity-collides', 'safe', null, beside()],
  ['disk-identity-collides', 'unknown', null, withLun({ offlineReason: null })],
  ['snapshot-lun-visible', 'at-risk', 'medium', withLun({ offlineReason: 3 })],
  ['snapshot-lun-visible', 'at-risk', 'medium', two(), twice],
  ['snapshot-lun-visible', 'at-risk', 'medium', beside(), doubtful({ isCopy: true })],
  ['snapshot-lun-visible', 'safe', null, beside()],
  ['snapshot-lun-visible', 'unknown', null, beside(), doubtful({ isStale: true })],
  ['snapshot-lun-visible', 'unknown', null, beside({ disks: unknown })],
  ['snapshot-lun-visible', 'unknown', null, beside(), { map: { vcenters: [], datastores: [] } }],
  ['disk-numbers-moved', 'at-risk', 'high', swapped, previous(two())],
  [
    'disk-numbers-moved',
    'at-risk',
    'high',
    { ...swapped, disks: { value: [windowsBootDisk(), vmfsDisk(2, storyNaa(1)), vmfsDisk(1, storyNaa(2))] } },
    previous(two(offline)),
  ],
  ['disk-numbers-moved', 'safe', null, two(), previous(two(offline))],
  ['disk-numbers-moved', 'unknown', null, two()],
  ['disk-numbers-moved', 'not-applicable', null, two(), { previous: null }],
  ['san-policy-online-all', 'at-risk', 'high', beside({ sanPolicy: onlineAll })],
  ['san-policy-online-all', 'at-risk', 'critical', { ...withLun({ ...offline, ...writable }), sanPolicy: onlineAll }],
  ['san-policy-online-all', 'safe', null, beside()],
  ['san-policy-online-all', 'unknown', null, beside({ sanPolicy: unknown })],
  ['san-policy-online-all', 'unknown', null, beside({ sanPolicy: onlineAll, disks: unknown })],
  ['san-policy-online-all', 'not-applicable', null, windowsFacts()],
  ['san-policy-online-all', 'not-applicable', null, linuxBeside()],
  ['san-policy-offline-internal', 'at-risk', 'high', beside({ sanPolicy: { value: 'OfflineInternal' } })],
  ['san-policy-offline-internal', 'safe', null, beside({ sanPolicy: onlineAll })],
  ['san-policy-offline-internal', 'unknown', null, beside({ sanPolicy: unknown })],
  ['san-policy-unknown', 'at-risk', 'medium', beside({ sanPolicy: unknown })],
  ['san-policy-unknown', 'safe', null, beside()],
  ['san-policy-unknown', 'unknown', null, beside({ sanPolicy: unknown, disks: unknown })],
  ['automount-enabled', 'at-risk', 'medium', beside({ automount: { value: 'enabled' } })],
  ['automount-enabled', 'at-risk', 'high', beside({ automount: { value: 'enabled' }, sanPolicy: onlineAll })],
  ['automount-enabled', 'at-risk', 'critical', storyFacts('popular-fix')],
  ['automount-enabled', 'safe', null, beside()],
  ['automount-enabled', 'unknown', null, beside({ automount: unknown })],
  ['vmfs-lun-online-writable', 'at-risk', 'critical', withLun({ ...offline, ...writable })],
  ['vmfs-lun-online-writable', 'safe', null, withLun({})],
  ['vmfs-lun-online-writable', 'unknown', null, withLun({ ...offline, isReadOnly: unknown })],
  ['vmfs-lun-online-writable', 'unknown', null, withLun({ ...stranger, ...offline, ...writable })],
  ['vmfs-lun-online-read-only', 'at-risk', 'high', withLun(offline)],
  ['vmfs-lun-online-read-only', 'safe', null, withLun({})],
  ['vmfs-lun-online-read-only', 'unknown', null, withLun({ isOffline: unknown })],
  ['vmfs-lun-offline-writable', 'at-risk', 'medium', withLun(writable)],
  ['vmfs-lun-offline-writable', 'safe', null, withLun({})],
  ['vmfs-lun-offline-writable', 'unknown', null, withLun({ isReadOnly: unknown })],
  ['vmfs-lun-mounted', 'safe', null, withLun({})],
  ['vmfs-lun-mounted', 'unknown', null, withLun({ partitions: unknown })],
  [
    'vmfs-lun-mounted',
    'at-risk',
    'critical',
    withLun({
      partitions: { value: [{ number: 1, gptType: null, mbrType: 0xfb, sizeBytes: '1', accessPaths: ['E:\\'] }] },
    }),
  ],
];

describeRules(['WIN'], cases);
