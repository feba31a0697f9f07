import type { MapHost, MapVm } from '@lunwarden/contract';
import type { SampleCluster, SampleLun } from '@lunwarden/sample-fleet';
import { array, boolean, data, int, long, reference, string, type VimValue } from './vim-value.js';

const blockSize = 512n;

type Disk = { canonicalName: string; uuid: string; vendor: string; model: string; bytes: bigint; isLocal: boolean };

/** `HostSystem.config.storageDevice`: the LUNs of the cluster, the host's own boot disk, and an adapter. */
export function storageDeviceOf(cluster: SampleCluster, host: MapHost): VimValue {
  const own = cluster.datastores.filter(({ map }) => map.hosts.length === 1 && map.hosts[0]?.host === host.id);
  const disks = [...cluster.luns.map(diskOf), ...own.flatMap(({ map }) => map.extents.map(localDiskOf))];
  return data('HostStorageDeviceInfo', {
    scsiLun: array('ScsiLun', disks.map(scsiLunOf)),
    hostBusAdapter: array('HostHostBusAdapter', [adapterOf(cluster, host)]),
  });
}

const diskOf = (lun: SampleLun): Disk => ({
  canonicalName: lun.canonicalName,
  uuid: uuidOf(lun),
  vendor: lun.array.vendor,
  model: lun.array.model,
  bytes: lun.sizeBytes,
  isLocal: false,
});

const localDiskOf = ({ diskName }: { diskName: string }): Disk => ({
  canonicalName: diskName,
  uuid: `01000000${Buffer.from(diskName).toString('hex')}`,
  vendor: 'ATA',
  model: 'DELLBOSS VD',
  bytes: 119_990_648_832n,
  isLocal: true,
});

/** ScsiLun.uuid: type, device type, LUN number low and high, reserved, the identifier, six letters of the model. */
function uuidOf(lun: SampleLun): string {
  // Type 5 on ESXi 8: a hash that spells nothing, so that only the list of LUNs can tell which it is.
  if (lun.array.bus === 'nvme') return `05000000${lun.digits}${lun.digits}`;
  const model = Buffer.from(lun.array.model.padEnd(6).slice(0, 6)).toString('hex');
  return `0200${lun.number.toString(16).padStart(2, '0')}0000${lun.digits}${model}`;
}

const scsiLunOf = (disk: Disk): VimValue =>
  data('HostScsiDisk', {
    key: string(`key-vim.host.ScsiDisk-${disk.uuid}`),
    uuid: string(disk.uuid),
    descriptor: array('ScsiLunDescriptor', [
      data('ScsiLunDescriptor', { quality: string('highQuality'), id: string(disk.canonicalName) }),
      data('ScsiLunDescriptor', { quality: string('mediumQuality'), id: string(`vml.${disk.uuid}`) }),
    ]),
    canonicalName: string(disk.canonicalName),
    lunType: string('disk'),
    // SCSI pads both with spaces.
    vendor: string(disk.vendor.padEnd(8)),
    model: string(disk.model.padEnd(16)),
    capacity: data('HostDiskDimensionsLba', {
      blockSize: int(Number(blockSize)),
      block: long(String(disk.bytes / blockSize)),
    }),
    localDisk: boolean(disk.isLocal),
  });

function adapterOf({ luns }: SampleCluster, host: MapHost): VimValue {
  const device = { device: string('vmhba2'), status: string('online') };
  const digits = (host.hardwareUuid ?? '').replaceAll('-', '').slice(0, 8);
  switch (luns[0]?.array.bus) {
    case 'iscsi':
      return data('HostInternetScsiHba', { ...device, iScsiName: string(`iqn.1998-01.com.vmware:${host.name}`) });
    case 'nvme':
      return data('HostTcpHba', device);
    default:
      // A WWN is a signed 64-bit number to vCenter; 00:00:c9 is an adapter maker's.
      return data('HostFibreChannelHba', { ...device, portWorldWideName: long(String(BigInt(`0x100000c9${digits}`))) });
  }
}

/** `VirtualMachine.config.hardware`: a disk on each of its datastores; the cluster's first VM owns the raw LUN. */
export function hardwareOf(cluster: SampleCluster, vm: MapVm): VimValue {
  const disks = vm.datastores.map((datastoreId, at) => {
    const name = cluster.datastores.find(({ map }) => map.id === datastoreId)?.map.name ?? '';
    return diskDevice(at, 'VirtualDiskFlatVer2BackingInfo', {
      fileName: string(`[${name}] ${vm.name}/${vm.name}_${at}.vmdk`),
      datastore: reference({ kind: 'Datastore', id: datastoreId }),
      diskMode: string('persistent'),
    });
  });
  const raw = cluster.vms[0] === vm ? cluster.luns.filter((lun) => lun.use === 'rdm') : [];
  const mapped = raw.map((lun, at) =>
    diskDevice(disks.length + at, 'VirtualDiskRawDiskMappingVer1BackingInfo', {
      lunUuid: string(uuidOf(lun)),
      deviceName: string(`vml.${uuidOf(lun)}`),
      compatibilityMode: string('physicalMode'),
    }),
  );
  return data('VirtualHardware', { device: array('VirtualDevice', [...disks, ...mapped]) });
}

const diskDevice = (at: number, backing: string, fields: Record<string, VimValue>): VimValue =>
  data('VirtualDisk', { key: int(2000 + at), backing: data(backing, fields), unitNumber: int(at) });
