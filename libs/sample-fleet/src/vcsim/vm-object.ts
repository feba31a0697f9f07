import { group, leaf, property, ref, refProperty, refsProperty, textProperty, typed } from './markup.js';
import type { SanDatastore, SanVm } from './san-estate.js';

const uuidOf = (id: string, kind: string): string => `${kind}-0000-4000-8000-${id.slice(3).padStart(12, '0')}`;
export const biosUuid = (vm: string): string => uuidOf(vm, '42000000');
export const instanceUuid = (vm: string): string => uuidOf(vm, '50000000');

export interface VmHome {
  readonly folder: string;
  readonly pool: string;
}

/** The parts of a VirtualMachine object: where it runs, where its disks are, and its raw device mappings. */
export function vmObject(vm: SanVm, { folder, pool }: VmHome): string {
  const home = `[${vm.datastores[0]?.escapedName ?? ''}] ${vm.name}/${vm.name}`;
  const power = [
    ref('host', 'HostSystem', vm.host),
    leaf('connectionState', 'connected'),
    leaf('powerState', vm.isTemplate ? 'poweredOff' : 'poweredOn'),
    leaf('toolsInstallerMounted', false),
    leaf('numMksConnections', 0),
    leaf('consolidationNeeded', vm.needsConsolidation),
  ];
  const devices = [
    ...vm.datastores.map((datastore, at) => flatDisk(vm, datastore, at)),
    ...rdmDisk(vm),
    ...hotAddedDisk(vm),
  ];
  const config = [
    // Another one after every change of the configuration: by it a reader knows whose devices to read again.
    leaf('changeVersion', vm.borrowsOf === null ? '2026-01-01T00:00:00Z' : '2026-11-01T22:00:00Z'),
    leaf('modified', '1970-01-01T00:00:00Z'),
    leaf('name', vm.name),
    leaf('guestFullName', 'Microsoft Windows Server 2019 (64-bit)'),
    leaf('version', 'vmx-19'),
    leaf('uuid', biosUuid(vm.id)),
    leaf('instanceUuid', instanceUuid(vm.id)),
    leaf('template', vm.isTemplate),
    leaf('guestId', 'windows2019srv_64Guest'),
    group('files', leaf('vmPathName', `${home}.vmx`)),
    group('hardware', leaf('numCPU', 2), leaf('memoryMB', 8192), ...devices),
  ];
  return [
    textProperty('name', vm.name),
    refProperty('parent', 'Folder', folder),
    refProperty('resourcePool', 'ResourcePool', pool),
    refsProperty(
      'datastore',
      'Datastore',
      vm.datastores.map(({ id }) => id),
    ),
    property('config', 'VirtualMachineConfigInfo', ...config),
    ...snapshotOf(vm),
    property('runtime', 'VirtualMachineRuntimeInfo', ...power),
    property('summary', 'VirtualMachineSummary', ...summaryOf(vm, power, home)),
  ].join('');
}

const summaryOf = (vm: SanVm, power: readonly string[], home: string): string[] => [
  ref('vm', 'VirtualMachine', vm.id),
  group('runtime', ...power),
  group('config', leaf('name', vm.name), leaf('template', vm.isTemplate), leaf('vmPathName', `${home}.vmx`)),
  group('quickStats'),
  leaf('overallStatus', 'green'),
];

const fileOf = (vm: SanVm, datastore: SanDatastore | undefined, at: number): string =>
  `[${datastore?.escapedName ?? ''}] ${vm.name}/${vm.name}${at === 0 ? '' : `_${at}`}.vmdk`;

interface Disk {
  readonly at: number;
  readonly backingType: string;
  readonly backing: readonly string[];
}

const disk = ({ at, backingType, backing }: Disk): string =>
  typed(
    'device',
    'VirtualDisk',
    leaf('key', 2000 + at),
    group('deviceInfo', leaf('label', `Hard disk ${at + 1}`), leaf('summary', '41,943,040 KB')),
    typed('backing', backingType, ...backing),
    leaf('controllerKey', 1000),
    leaf('unitNumber', at),
    leaf('capacityInKB', 41_943_040),
  );

/** What the guest sees as NAA, without the dashes. */
export const diskUuid = (vm: Pick<SanVm, 'id'>, at: number): string =>
  `6000c29${at}-0000-4000-8000-${vm.id.slice(3).padStart(12, '0')}`;

const flatDisk = (vm: SanVm, datastore: SanDatastore, at: number): string =>
  disk({
    at,
    backingType: 'VirtualDiskFlatVer2BackingInfo',
    backing: [
      leaf('fileName', fileOf(vm, datastore, at)),
      ref('datastore', 'Datastore', datastore.id),
      leaf('diskMode', 'persistent'),
      leaf('thinProvisioned', true),
      leaf('uuid', diskUuid(vm, at)),
    ],
  });

/** The disk of another VM, taken by hot-add: independent and not persistent, so that nothing is written to it. */
function hotAddedDisk({ borrowsOf }: SanVm): string[] {
  if (borrowsOf === null) return [];
  const [datastore] = borrowsOf.datastores;
  const backing = [
    leaf('fileName', fileOf(borrowsOf, datastore, 0)),
    ref('datastore', 'Datastore', datastore?.id ?? ''),
    leaf('diskMode', 'independent_nonpersistent'),
    leaf('thinProvisioned', true),
    leaf('uuid', diskUuid(borrowsOf, 0)),
  ];
  return [disk({ at: 9, backingType: 'VirtualDiskFlatVer2BackingInfo', backing })];
}

function snapshotOf({ id, snapshots }: SanVm): string[] {
  if (snapshots.length === 0) return [];
  const trees = snapshots.map(({ name, createdAt }, at) =>
    group(
      'rootSnapshotList',
      ref('snapshot', 'VirtualMachineSnapshot', `snapshot-${id.slice(3)}${at}`),
      ref('vm', 'VirtualMachine', id),
      leaf('name', name),
      leaf('description', ''),
      leaf('id', at + 1),
      leaf('createTime', createdAt),
      leaf('state', 'poweredOn'),
      leaf('quiesced', false),
    ),
  );
  return [property('snapshot', 'VirtualMachineSnapshotInfo', ...trees)];
}

function rdmDisk(vm: SanVm): string[] {
  if (vm.rdm === null) return [];
  const backing = [
    leaf('fileName', fileOf(vm, vm.datastores[0], 2)),
    ref('datastore', 'Datastore', vm.datastores[0]?.id ?? ''),
    leaf('lunUuid', vm.rdm.uuid),
    leaf('deviceName', `vml.${vm.rdm.uuid}`),
    leaf('compatibilityMode', 'physicalMode'),
    leaf('diskMode', 'independent_persistent'),
  ];
  return [disk({ at: 2, backingType: 'VirtualDiskRawDiskMappingVer1BackingInfo', backing })];
}
