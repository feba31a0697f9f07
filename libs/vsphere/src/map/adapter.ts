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
    case 'HostFibreChannelOverEthernetHba':
      return named('fibreChannel', worldWideName(textOf(adapter, 'portWorldWideName')));
    case 'HostInternetScsiHba':
      return named('iscsi', textOf(adapter, 'iScsiName'));
    case 'HostTcpHba':
    case 'HostRdmaHba':
    case 'HostPcieHba':
      return { kind: 'nvme', names: [] };
    default:
      return { kind: 'other', names: [] };
  }
}

/** vCenter gives a WWN as a signed 64-bit decimal; fabrics write 16 hexadecimal digits. */
export function worldWideName(decimal: string | null): string | null {
  if (decimal === null || !/^-?[0-9]{1,20}$/.test(decimal)) return null;
  return BigInt.asUintN(64, BigInt(decimal)).toString(16).padStart(16, '0');
}
