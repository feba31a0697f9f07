import type { TransportFact, WindowsDisk } from '@lunwarden/contract';
import { storyDatastores, windowsFacts } from '@lunwarden/sample-fleet';
import type { InventoryView, ProxyVm } from './facts/inventory-view.js';
import type { ProductView, ProxyInProduct } from './facts/product-view.js';
import type { Facts } from './facts.js';
import {
  beside,
  type Case,
  describeRules,
  direct,
  hotAdd,
  linuxBeside,
  network,
  unknown,
  withLun,
} from './testing/cases.js';

const now = '2026-11-20T06:00:00Z';
const longAgo = '2026-11-01T00:00:00Z';
const [first, second] = storyDatastores().map(({ id }) => id);
const all: ProxyInProduct = {
  isOnline: { value: true },
  isDisabled: { value: false },
  isOutOfDate: { value: false },
  encryptsNetwork: { value: true },
  selectsDatastores: { value: false },
  neededDatastores: { value: [first ?? ''] },
  sanRestores: { value: 0 },
};
const product = (proxy: Partial<ProxyInProduct> | null, observedAt = now): Partial<Facts> => ({
  product: {
    observedAt,
    proxy: { value: proxy && { ...all, ...proxy } },
    server: { value: null },
  } satisfies ProductView,
});
const clean: ProxyVm = {
  name: 'proxy-vm',
  foreignDisks: { value: [] },
  isWorking: { value: false },
  snapshots: { value: [] },
  isInBackupJob: { value: false },
};
const vm = (proxyVm: Partial<ProxyVm> | null, view: Partial<InventoryView> = {}): Partial<Facts> => ({
  inventory: {
    observedAt: now,
    proxyVm: { value: proxyVm && { ...clean, ...proxyVm } },
    leftovers: { value: [] },
    esxiHosts: { value: [] },
    ...view,
  },
});
const left = { foreignDisks: { value: [{ file: '[gold] erp/erp.vmdk', vm: 'erp' }] } };
const transport = (fact: Partial<TransportFact>) => beside({ transport: { value: { ...direct.value, ...fact } } });
const tasks = (network: number, san: number): TransportFact['observed'] => [
  { mode: 'network', tasks: network, lastSeenAt: now },
  { mode: 'direct-san', tasks: san, lastSeenAt: now },
];
const machine = { value: { isVirtual: true, vendor: 'VMware, Inc.', model: 'VMware20,1', biosUuid: null } };
const guest = windowsFacts({ transport: hotAdd, machine });
const guestWith = (automount: 'enabled' | 'disabled') =>
  windowsFacts({ transport: hotAdd, automount: { value: automount } });
const stranger: Partial<WindowsDisk> = {
  uniqueId: '600601604F1234005DEADBEEF0000001',
  partitionStyle: 'RAW',
  partitions: { value: [] },
};
const twoLuns = { neededDatastores: { value: [second ?? ''] } };

const cases: Case[] = [
  ['luns-not-needed', 'at-risk', 'medium', beside(), product(twoLuns)],
  ['luns-not-needed', 'safe', null, beside(), product({})],
  ['luns-not-needed', 'unknown', null, beside()],
  ['luns-not-needed', 'unknown', null, beside(), product({ neededDatastores: unknown })],
  ['luns-not-needed', 'unknown', null, beside(), product({}, longAgo)],
  ['luns-not-needed', 'at-risk', 'medium', beside(), product(twoLuns, longAgo)],
  ['luns-not-needed', 'not-applicable', null, beside(), product({ neededDatastores: { value: null } })],
  ['luns-not-needed', 'not-applicable', null, windowsFacts(), product(twoLuns)],
  ['luns-visible-without-need', 'at-risk', 'high', beside({ transport: network })],
  ['luns-visible-without-need', 'safe', null, beside()],
  ['luns-visible-without-need', 'unknown', null, beside({ transport: unknown })],
  ['luns-visible-without-need', 'not-applicable', null, windowsFacts()],
  ['datastores-chosen-automatically', 'safe', null, beside(), product({ selectsDatastores: { value: true } })],
  ['datastores-chosen-automatically', 'safe', null, beside(), product({})],
  ['datastores-chosen-automatically', 'unknown', null, beside(), product({ selectsDatastores: unknown })],
  ['needed-datastore-not-visible', 'at-risk', 'medium', beside(), product(twoLuns)],
  ['needed-datastore-not-visible', 'safe', null, beside(), product({})],
  ['needed-datastore-not-visible', 'unknown', null, beside()],
  ['needed-datastore-not-visible', 'unknown', null, beside({ transport: unknown }), product({})],
  ['needed-datastore-not-visible', 'unknown', null, withLun(stranger), product(twoLuns)],
  ['needed-datastore-not-visible', 'not-applicable', null, beside({ transport: network }), product(twoLuns)],
  ['lun-writable-at-array', 'at-risk', 'medium', withLun({ isArrayReadOnly: { value: false } }), product({})],
  ['lun-writable-at-array', 'safe', null, withLun({ isArrayReadOnly: { value: true } }), product({})],
  ['lun-writable-at-array', 'safe', null, linuxBeside(), product({})],
  ['lun-writable-at-array', 'unknown', null, beside(), product({})],
  ['lun-writable-at-array', 'unknown', null, withLun({ isArrayReadOnly: { value: false } })],
  ['lun-writable-at-array', 'not-applicable', null, withLun({}), product({ sanRestores: { value: 2 } })],
  ['lun-without-owner', 'at-risk', 'medium', withLun(stranger)],
  ['lun-without-owner', 'safe', null, beside()],
  ['lun-without-owner', 'unknown', null, beside({ disks: unknown })],
  ['lun-without-owner', 'unknown', null, withLun(stranger), { map: { vcenters: [], datastores: [] } }],
  ['backup-server-sees-luns', 'at-risk', 'high', beside({ roles: { value: ['proxy', 'backup-server'] } })],
  ['backup-server-sees-luns', 'safe', null, beside()],
  ['backup-server-sees-luns', 'unknown', null, beside({ roles: unknown })],
  ['backup-server-sees-luns', 'not-applicable', null, windowsFacts({ roles: { value: ['backup-server'] } })],
  ['direct-san-falls-back', 'at-risk', 'medium', transport({ observed: tasks(20, 80) })],
  ['direct-san-falls-back', 'safe', null, transport({ observed: tasks(10, 90) })],
  ['direct-san-falls-back', 'unknown', null, transport({})],
  ['direct-san-falls-back', 'unknown', null, beside({ transport: unknown })],
  ['direct-san-falls-back', 'not-applicable', null, transport({ directKind: 'nfs', observed: tasks(9, 0) })],
  ['snapshot-mode-beside-production-luns', 'at-risk', 'high', transport({ directKind: 'snapshot' })],
  ['snapshot-mode-beside-production-luns', 'safe', null, transport({})],
  ['snapshot-mode-beside-production-luns', 'unknown', null, transport({ directKind: 'unknown' })],
  ['automatic-mode-beside-luns', 'at-risk', 'medium', transport({ configured: 'auto' })],
  ['automatic-mode-beside-luns', 'safe', null, transport({})],
  ['automatic-mode-beside-luns', 'unknown', null, beside({ transport: unknown })],
  [
    'automatic-mode-beside-luns',
    'not-applicable',
    null,
    windowsFacts({ transport: { value: { configured: 'auto', source: 'product' } } }),
  ],
  ['automount-enabled-with-hot-add', 'at-risk', 'medium', guestWith('enabled')],
  ['automount-enabled-with-hot-add', 'safe', null, guestWith('disabled')],
  [
    'automount-enabled-with-hot-add',
    'unknown',
    null,
    windowsFacts({ transport: unknown, automount: { value: 'enabled' } }),
  ],
  ['automount-enabled-with-hot-add', 'unknown', null, windowsFacts({ transport: hotAdd, automount: unknown })],
  ['automount-enabled-with-hot-add', 'not-applicable', null, windowsFacts({ automount: { value: 'enabled' } })],
  ['disks-left-attached', 'at-risk', 'high', guest, vm(left)],
  ['disks-left-attached', 'safe', null, guest, vm({})],
  ['disks-left-attached', 'unknown', null, guest],
  ['disks-left-attached', 'unknown', null, guest, vm({ ...left, isWorking: unknown })],
  ['disks-left-attached', 'not-applicable', null, guest, vm({ ...left, isWorking: { value: true } })],
  ['disks-left-attached', 'not-applicable', null, guest, vm(null)],
  // A physical machine says itself that nothing can hang on it.
  ['disks-left-attached', 'not-applicable', null, windowsFacts({ transport: hotAdd })],
  [
    'snapshots-left-behind',
    'at-risk',
    'medium',
    guest,
    vm({}, { leftovers: { value: [{ vm: 'erp', snapshot: null }] } }),
  ],
  ['snapshots-left-behind', 'safe', null, guest, vm({})],
  ['snapshots-left-behind', 'unknown', null, guest, vm({}, { observedAt: longAgo })],
  ['proxy-vm-is-backed-up', 'at-risk', 'medium', guest, vm({ isInBackupJob: { value: true } })],
  ['proxy-vm-is-backed-up', 'safe', null, guest, vm({})],
  ['proxy-vm-is-backed-up', 'unknown', null, guest, vm({ isInBackupJob: unknown })],
  ['proxy-vm-is-backed-up', 'not-applicable', null, windowsFacts(), vm({ isInBackupJob: { value: true } })],
  ['proxy-vm-has-snapshots', 'at-risk', 'medium', guest, vm({ snapshots: { value: ['before patch'] } })],
  ['proxy-vm-has-snapshots', 'safe', null, guest, vm({})],
  ['proxy-vm-has-snapshots', 'unknown', null, guest],
  ['network-mode-unencrypted', 'at-risk', 'medium', windowsFacts(), product({ encryptsNetwork: { value: false } })],
  ['network-mode-unencrypted', 'safe', null, windowsFacts(), product({})],
  ['network-mode-unencrypted', 'unknown', null, windowsFacts()],
  [
    'network-mode-unencrypted',
    'not-applicable',
    null,
    transport({ allowFallback: false }),
    product({ encryptsNetwork: { value: false } }),
  ],
];

const twoInSight: Case[] = [
  [
    'datastores-chosen-automatically',
    'at-risk',
    'low',
    beside({
      disks: {
        value: [
          ...disksOf(withLun({})),
          ...disksOf(withLun({ number: 2, uniqueId: storyTwo(), serialNumber: '2' })).slice(1),
        ],
      },
    }),
    product({ selectsDatastores: { value: true } }),
  ],
];

function disksOf({ disks }: ReturnType<typeof beside>): WindowsDisk[] {
  return 'value' in disks ? disks.value : [];
}
function storyTwo(): string {
  return storyDatastores()[1]?.extents[0]?.[0]?.replace('naa:', '') ?? '';
}

describeRules(['LUN', 'SAN', 'HOT', 'NET'], [...cases, ...twoInSight]);
