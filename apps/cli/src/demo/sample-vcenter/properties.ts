import type { MapDatastore, MapHost, MapVm } from '@lunwarden/contract';
import type { SampleCluster } from '@lunwarden/sample-fleet';
import { hardwareOf, storageDeviceOf } from './devices.js';
import { array, boolean, data, int, long, reference, string, type VimValue, word } from './vim-value.js';

type Properties = Record<string, VimValue | null>;
const maybe = <T>(value: T | null, make: (value: T) => VimValue): VimValue | null =>
  value === null ? null : make(value);

export const hostProperties = (host: MapHost, cluster: SampleCluster): Properties => ({
  name: string(host.name),
  config: data('HostConfigInfo', { storageDevice: storageDeviceOf(cluster, host) }),
  runtime: data('HostRuntimeInfo', {
    connectionState: word('HostSystemConnectionState', host.connectionState),
    powerState: word('HostSystemPowerState', 'poweredOn'),
    inMaintenanceMode: boolean(host.inMaintenanceMode),
  }),
  summary: data('HostListSummary', {
    hardware: data('HostHardwareSummary', { uuid: maybe(host.hardwareUuid, string) }),
    config: data('HostConfigSummary', {
      product: data('AboutInfo', { version: maybe(host.version, string), build: maybe(host.build, string) }),
    }),
  }),
});

export const vmProperties = (vm: MapVm, cluster: SampleCluster): Properties => ({
  name: string(vm.name),
  datastore: array(
    'ManagedObjectReference',
    vm.datastores.map((id) => reference({ kind: 'Datastore', id })),
  ),
  runtime: data('VirtualMachineRuntimeInfo', {
    host: maybe(vm.host, (id) => reference({ kind: 'HostSystem', id })),
    connectionState: word('VirtualMachineConnectionState', 'connected'),
  }),
  config: data('VirtualMachineConfigInfo', {
    changeVersion: maybe(vm.changeVersion, string),
    instanceUuid: maybe(vm.instanceUuid, string),
    uuid: maybe(vm.biosUuid, string),
    template: boolean(vm.isTemplate),
    files: data('VirtualMachineFileInfo', { vmPathName: string(homeOf(cluster, vm)) }),
    hardware: hardwareOf(cluster, vm),
  }),
});

const homeOf = (cluster: SampleCluster, vm: MapVm): string => {
  const home = cluster.datastores.find(({ map }) => map.id === vm.datastores[0])?.map.name ?? '';
  return `[${home}] ${vm.name}/${vm.name}.vmx`;
};

export const datastoreProperties = (datastore: MapDatastore): Properties => ({
  name: string(datastore.name),
  info: infoOf(datastore),
  summary: data('DatastoreSummary', {
    name: string(datastore.name),
    url: maybe(datastore.url, string),
    capacity: maybe(datastore.capacityBytes, long),
    freeSpace: maybe(datastore.freeBytes, long),
    accessible: boolean(datastore.accessible),
    multipleHostAccess: boolean(datastore.hosts.length > 1),
    type: string(datastore.type),
    maintenanceMode: string('normal'),
  }),
  host: array(
    'DatastoreHostMount',
    datastore.hosts.map(({ host, mounted, accessible }) =>
      data('DatastoreHostMount', {
        key: reference({ kind: 'HostSystem', id: host }),
        mountInfo: data('HostMountInfo', {
          accessMode: string('readWrite'),
          mounted: boolean(mounted),
          accessible: boolean(accessible),
        }),
      }),
    ),
  ),
});

function infoOf(datastore: MapDatastore): VimValue {
  const { name, url, freeBytes, type } = datastore;
  const common = { name: string(name), url: maybe(url, string), freeSpace: maybe(freeBytes, long) };
  if (type === 'VMFS') return data('VmfsDatastoreInfo', { ...common, vmfs: vmfsOf(datastore) });
  const nas = { name: string(name), remoteHost: string('nas01.corp.example'), type: string(type) };
  return data('NasDatastoreInfo', {
    ...common,
    nas: data('HostNasVolume', { ...nas, remotePath: string(`/export/${name.toLowerCase()}`) }),
  });
}

const vmfsOf = ({ name, capacityBytes, vmfsUuid, extents, hosts }: MapDatastore): VimValue =>
  data('HostVmfsVolume', {
    type: string('VMFS'),
    name: string(name),
    capacity: maybe(capacityBytes, long),
    majorVersion: int(6),
    version: string('6.82'),
    uuid: maybe(vmfsUuid, string),
    extent: array(
      'HostScsiDiskPartition',
      extents.map(({ diskName, partition }) =>
        data('HostScsiDiskPartition', { diskName: string(diskName), partition: int(partition) }),
      ),
    ),
    local: boolean(hosts.length === 1),
  });
