import { MapAdapter } from '@lunwarden/contract';
import { children, textOf, type XmlElement } from '../soap/xml-element.js';
import { clean } from './clean-text.js';

/** ArrayOfHostHostBusAdapter of one host. Tells of what does not fit through `refuse`. */
export function readAdapters(host: string, value: XmlElement | null, refuse: (device: string) => void): MapAdapter[] {
  return children(value, 'HostHostBusAdapter').flatMap((adapter) => {
    const device = textOf(adapter, 'device') ?? '';
    const parsed = MapAdapter.safeParse({ host, device: clean(device, 64), ...identityOf(adapter) });
    if (parsed.success) return [parsed.data];
    refuse(device);
    return [];
  });
}

function identityOf(adapter: XmlElement): Pick<MapAdapter, 'kind' | 'names'> {
  const named = (kind: MapAdapter['kind'], name: string | null) => ({
    kind,
    names: name === null || name === '' ? [] : [clean(name, 256)],
  });
  switch (adapter.type) {
    case 'HostFibreChannelHba':
      return named('fibreChannel', worldWideName(textOf(adapter, 'portWorldWideName')));
    case 'HostFibreChannelOverEthernetHba':
      return named('fcoe', worldWideName(textOf(adapter, 'portWorldWideName')));
    case 'HostInternetScsiHba':
      return named('iscsi', textOf(adapter, 'iScsiName'));
    case 'HostSerialAttachedHba':
      return named('sas', sasAddress(textOf(adapter, 'nodeWorldWideName')));
    case 'HostTcpHba':
      return { kind: 'nvmeTcp', names: [] };
    case 'HostRdmaHba':
      return { kind: 'rdma', names: [] };
    case 'HostPcieHba':
      return { kind: 'nvme', names: [] };
    default:
      return { kind: 'other', names: [] };
  }
}

/** HostSerialAttachedHba.nodeWorldWideName is text already, e.g. 5000c50012345678. */
const sasAddress = (text: string | null): string | null =>
  /^[0-9a-f]{16}$/i.test(text ?? '') ? (text?.toLowerCase() ?? null) : null;

/** vCenter gives a WWN as a signed 64-bit decimal; fabrics write 16 hexadecimal digits. */
export function worldWideName(decimal: string | null): string | null {
  if (decimal === null || !/^-?[0-9]{1,20}$/.test(decimal)) return null;
  return BigInt.asUintN(64, BigInt(decimal)).toString(16).padStart(16, '0');
}
