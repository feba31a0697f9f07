import { group, leaf, typed } from './markup.js';
import type { SanLun } from './san-lun.js';
import { topologies } from './san-paths.js';

/** The disk that a host boots from: named by its path, so the same name is another disk on every host. */
export const bootDisk = 'mpx.vmhba0:C0:T0:L0';
export const capacityBlocks = 4_294_967_296;

/** Port name of the one Fibre Channel adapter, as vSphere gives it: a decimal that no JavaScript number holds. */
export const portName = (host: string): bigint => 0x10000090_faaa0000n + BigInt(host.slice(5));
export const iscsiName = (host: string): string => `iqn.1998-01.com.vmware:esx${host.slice(5)}-1a2b3c4d`;

/** config.storageDevice of a host: adapters, and every LUN of its cluster, formatted or not. */
export function storageDevice(host: string, luns: readonly SanLun[], deadPaths: readonly SanLun[]): string {
  const boot = {
    canonicalName: bootDisk,
    uuid: '0000000000766d686261303a303a30',
    vendor: 'DELL    ',
    model: 'BOSS VD         ',
  };
  return group(
    'storageDevice',
    ...adapters(host),
    scsiLun(boot, true),
    ...luns.map((lun) => scsiLun(lun, false)),
    ...topologies(luns, deadPaths),
    leaf('softwareInternetScsiEnabled', true),
  );
}

type Named = Pick<SanLun, 'canonicalName' | 'uuid' | 'vendor' | 'model'>;

function scsiLun({ canonicalName, uuid, vendor, model }: Named, isLocal: boolean): string {
  const descriptor = (id: string) => group('descriptor', leaf('quality', 'highQuality'), leaf('id', id));
  return typed(
    'scsiLun',
    'HostScsiDisk',
    leaf('deviceName', `/vmfs/devices/disks/${canonicalName}`),
    leaf('deviceType', 'disk'),
    leaf('key', `key-vim.host.ScsiDisk-${uuid}`),
    leaf('uuid', uuid),
    ...[canonicalName, `vml.${uuid}`, uuid].map(descriptor),
    leaf('canonicalName', canonicalName),
    leaf('lunType', 'disk'),
    leaf('vendor', vendor),
    leaf('model', model),
    // A byte each, signed: readers had better skip these.
    group(
      'alternateName',
      leaf('namespace', 'GENERIC_VPD'),
      leaf('namespaceId', 5),
      ...[0, -125, 0, 36].map((byte) => leaf('data', byte)),
    ),
    ...[0, 0, 6, 2, -75].map((byte) => leaf('standardInquiry', byte)),
    leaf('operationalState', 'ok'),
    group('capacity', leaf('blockSize', 512), leaf('block', capacityBlocks)),
    leaf('devicePath', `/vmfs/devices/disks/${canonicalName}`),
    leaf('ssd', true),
    leaf('localDisk', isLocal),
  );
}

function adapters(host: string): string[] {
  const common = (device: string, model: string, driver: string) => [
    leaf('key', `key-vim.host.HostBusAdapter-${device}`),
    leaf('device', device),
    leaf('bus', 59),
    leaf('status', 'online'),
    leaf('model', model),
    leaf('driver', driver),
  ];
  const flag = (name: string) => leaf(name, false);
  return [
    typed('hostBusAdapter', 'HostBlockHba', ...common('vmhba0', 'BOSS-S1', 'vmw_ahci')),
    typed(
      'hostBusAdapter',
      'HostFibreChannelHba',
      ...common('vmhba2', 'LPe32002', 'lpfc'),
      leaf('portWorldWideName', String(portName(host))),
      leaf('nodeWorldWideName', String(portName(host) + 0x1000_0000n)),
      leaf('portType', 'fabric'),
      leaf('speed', 32),
    ),
    typed(
      'hostBusAdapter',
      'HostInternetScsiHba',
      ...common('vmhba64', 'iSCSI Software Adapter', 'iscsi_vmk'),
      leaf('isSoftwareBased', true),
      group(
        'discoveryCapabilities',
        ...[
          'iSnsDiscoverySettable',
          'slpDiscoverySettable',
          'staticTargetDiscoverySettable',
          'sendTargetsDiscoverySettable',
        ].map(flag),
      ),
      group(
        'discoveryProperties',
        ...[
          'iSnsDiscoveryEnabled',
          'slpDiscoveryEnabled',
          'staticTargetDiscoveryEnabled',
          'sendTargetsDiscoveryEnabled',
        ].map(flag),
      ),
      group(
        'authenticationCapabilities',
        ...['chapAuthSettable', 'krb5AuthSettable', 'srpAuthSettable', 'spkmAuthSettable'].map(flag),
      ),
      group('authenticationProperties', flag('chapAuthEnabled')),
      group(
        'ipCapabilities',
        ...[
          'addressSettable',
          'ipConfigurationMethodSettable',
          'subnetMaskSettable',
          'defaultGatewaySettable',
          'primaryDnsServerAddressSettable',
          'alternateDnsServerAddressSettable',
        ].map(flag),
      ),
      group('ipProperties'),
      leaf('iScsiName', iscsiName(host)),
      leaf('iScsiAlias', ''),
    ),
  ];
}
