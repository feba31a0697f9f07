import { windowsFacts } from '@lunwarden/sample-fleet';
import type { InventoryView, ProxyVm } from '../facts/inventory-view.js';
import type { Facts } from '../facts.js';
import { unknown } from '../testing/cases.js';
import { describeReadings } from '../testing/readings.js';

const clean: ProxyVm = {
  name: 'proxy-vm',
  foreignDisks: { value: [] },
  isWorking: { value: false },
  snapshots: { value: [] },
  isInBackupJob: { value: false },
};
const disks = { value: [{ file: '[gold] erp/erp.vmdk', vm: 'erp' }] };
const vm = (proxyVm: Partial<ProxyVm> | null, observedAt = '2026-11-20T06:00:00Z'): Partial<Facts> => ({
  inventory: {
    observedAt,
    proxyVm: { value: proxyVm && { ...clean, ...proxyVm } },
    leftovers: { value: [] },
    esxiHosts: { value: [] },
  } satisfies InventoryView,
});
const left = windowsFacts({ machine: { value: { isVirtual: true, vendor: 'VMware', model: 'x', biosUuid: null } } });
describeReadings('leftover disks', [
  ['a physical host', ['leftoverDisks'], windowsFacts(), vm({ foreignDisks: disks })],
  [
    'a host of which nobody knows whether it is a VM',
    ['leftoverDisks'],
    windowsFacts({ machine: unknown }),
    vm({ foreignDisks: disks }),
  ],
  ['no vCenter was asked', ['leftoverDisks'], left],
  ['no VM is this host', ['leftoverDisks'], left, vm(null)],
  ['no disk is left', ['leftoverDisks'], left, vm({})],
  ['a disk is left', ['leftoverDisks'], left, vm({ foreignDisks: disks })],
  [
    'a disk hangs there while a task runs',
    ['leftoverDisks'],
    left,
    vm({ foreignDisks: disks, isWorking: { value: true } }),
  ],
  ['nobody knows whether a task runs', ['leftoverDisks'], left, vm({ foreignDisks: disks, isWorking: unknown })],
  ['nobody could read the disks', ['leftoverDisks'], left, vm({ foreignDisks: unknown })],
  ['a disk was left two hours ago', ['leftoverDisks'], left, vm({ foreignDisks: disks }, '2026-11-20T04:10:00Z')],
  ['no disk was left two hours ago', ['leftoverDisks'], left, vm({}, '2026-11-20T04:10:00Z')],
  [
    'a task ran two hours ago',
    ['leftoverDisks'],
    left,
    vm({ foreignDisks: disks, isWorking: { value: true } }, '2026-11-20T04:10:00Z'),
  ],
]);
