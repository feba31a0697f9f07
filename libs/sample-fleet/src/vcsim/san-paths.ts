import { group, leaf } from './markup.js';
import type { SanLun } from './san-lun.js';

const paths = [0, 1] as const;
/** As ESXi names the path through the n-th target. */
export const pathName = ({ number }: SanLun, target: number): string => `vmhba2:C0:T${target}:L${number}`;
/** The subsystem of the array that offers the NVMe namespaces of a cluster. */
export const subsystemNqn = 'nqn.2010-06.com.purestorage:flasharray.573eb3f1';

/** config.multipathState: two paths a LUN, of which the second is dead where one is. */
export const multipathState = (luns: readonly SanLun[], dead: readonly SanLun[]): string =>
  group(
    'multipathState',
    ...luns.flatMap((lun) =>
      paths.map((target) =>
        group(
          'path',
          leaf('name', pathName(lun, target)),
          leaf('pathState', target === 1 && dead.includes(lun) ? 'dead' : 'active'),
        ),
      ),
    ),
  );

/** Which LUN each path leads to; and which subsystem offers the NVMe namespaces. */
export const topologies = (luns: readonly SanLun[], dead: readonly SanLun[]): string[] => [
  group('plugStoreTopology', ...dead.flatMap((lun) => [...paths.map((target) => pathOf(lun, target)), deviceOf(lun)])),
  group(
    'nvmeTopology',
    group('adapter', leaf('key', 'nvme-0'), leaf('adapter', 'key-vim.host.TcpHba-vmhba65'), controllerOf(luns)),
  ),
];

const deviceKey = ({ number }: SanLun): string => `key-vim.host.PlugStoreTopology.Device-${number}`;
const pathKey = (lun: SanLun, target: number): string => `key-vim.host.PlugStoreTopology.Path-${pathName(lun, target)}`;

const pathOf = (lun: SanLun, target: number): string =>
  group(
    'path',
    leaf('key', pathKey(lun, target)),
    leaf('name', pathName(lun, target)),
    leaf('channelNumber', 0),
    leaf('targetNumber', target),
    leaf('lunNumber', lun.number),
    leaf('device', deviceKey(lun)),
  );

const deviceOf = (lun: SanLun): string =>
  group(
    'device',
    leaf('key', deviceKey(lun)),
    leaf('lun', `key-vim.host.ScsiDisk-${lun.uuid}`),
    ...paths.map((target) => leaf('path', pathKey(lun, target))),
  );

const controllerOf = (luns: readonly SanLun[]): string =>
  group(
    'connectedController',
    leaf('key', 'controller-256'),
    leaf('controllerNumber', 256),
    leaf('subnqn', subsystemNqn),
    leaf('name', 'nqn.2010-06.com.purestorage#vmhba65#192.0.2.9:4420'),
    leaf('associatedAdapter', 'key-vim.host.TcpHba-vmhba65'),
    leaf('transportType', 'tcp'),
    leaf('fusedOperationSupported', true),
    leaf('numberOfQueues', 4),
    leaf('queueSize', 128),
    ...luns
      .filter(({ canonicalName }) => canonicalName.startsWith('eui.'))
      .map(({ canonicalName, number }) =>
        group(
          'attachedNamespace',
          leaf('key', `namespace-${number}`),
          leaf('name', canonicalName),
          leaf('id', number),
          leaf('blockSize', 512),
          leaf('capacityInBlocks', 4_294_967_296),
        ),
      ),
  );
