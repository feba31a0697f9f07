import { group, leaf, property, ref, refProperty, refsProperty, textProperty } from './markup.js';
import type { SanCluster, SanEsxi } from './san-estate.js';
import { multipathState } from './san-paths.js';
import { storageDevice } from './storage-device.js';

const productOf = ({ version, build }: SanEsxi): string[] => [
  leaf('name', 'VMware ESXi'),
  leaf('fullName', `VMware ESXi ${version} build-${build}`),
  leaf('vendor', 'VMware, Inc.'),
  leaf('version', version),
  leaf('build', build),
  leaf('osType', 'vmnix-x86'),
  leaf('productLineId', 'embeddedEsx'),
  leaf('apiType', 'HostAgent'),
  leaf('apiVersion', '8.0.3.0'),
];

/** Identifier of the host's hardware, from its number. */
export const hardwareUuid = (host: string): string => `4c4c4544-0000-1000-8000-${host.slice(5).padStart(12, '0')}`;

export const hostName = (host: string): string => `esx${host.slice(5)}.example.test`;

/** The parts of a HostSystem object. */
export function hostObject(host: string, cluster: SanCluster, clusterId: string): string {
  const name = hostName(host);
  const product = productOf(cluster.esxi(host));
  const runtime = [leaf('connectionState', 'connected'), leaf('powerState', 'poweredOn')];
  const hardware = [
    leaf('vendor', 'Dell Inc.'),
    leaf('model', 'PowerEdge R750'),
    leaf('uuid', hardwareUuid(host)),
    leaf('memorySize', 549_755_813_888),
    leaf('cpuModel', 'Intel(R) Xeon(R) Gold 6338'),
    ...['cpuMhz', 'numCpuPkgs', 'numCpuCores', 'numCpuThreads', 'numNics', 'numHBAs'].map((one) => leaf(one, 2)),
  ];
  const summary = [
    ref('host', 'HostSystem', host),
    group('hardware', ...hardware),
    group('config', leaf('name', name), leaf('port', 443), group('product', ...product), leaf('vmotionEnabled', true)),
    group('quickStats'),
    leaf('overallStatus', 'green'),
    leaf('rebootRequired', false),
  ];
  const mounted = cluster.datastores.filter(({ mounts }) => mounts.some((mount) => mount.host === host));
  const deadPaths = cluster.deadPaths(host);
  const storage = storageDevice(host, cluster.luns, deadPaths);
  return [
    textProperty('name', name),
    refProperty('parent', 'ClusterComputeResource', clusterId),
    property('runtime', 'HostRuntimeInfo', ...runtime, leaf('inMaintenanceMode', false)),
    property('summary', 'HostListSummary', ...summary),
    refsProperty(
      'datastore',
      'Datastore',
      mounted.map(({ id }) => id),
    ),
    refsProperty(
      'vm',
      'VirtualMachine',
      cluster.vms.filter((vm) => vm.host === host).map(({ id }) => id),
    ),
    property(
      'config',
      'HostConfigInfo',
      ref('host', 'HostSystem', host),
      group('product', ...product),
      storage,
      multipathState(cluster.luns, deadPaths),
    ),
  ].join('');
}
