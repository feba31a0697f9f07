import { keysOfEsxName, MapAdapter, MapLun } from '@lunwarden/contract';
import { clean } from '../table/cells.js';
import type { Row } from '../table/read-table.js';
import type { tabs } from '../table/tabs.js';
import type { Datastores } from './datastores.js';
import type { Gaps } from './gaps.js';
import type { HostPaths } from './host-paths.js';
import type { Hosts } from './hosts.js';

type PathRow = Row<typeof tabs.vMultiPath.columns>;
type AdapterRow = Row<typeof tabs.vHBA.columns>;
type Listed = { row: PathRow; device: string; seenBy: Set<string> };

/** LUNs as hosts see them: one row a host and LUN, so that only what differs is kept. */
export class Luns {
  private readonly byDevice = new Map<string, Listed>();

  constructor(
    private readonly estate: { hosts: Hosts; datastores: Datastores; paths: HostPaths },
    private readonly gaps: Gaps,
  ) {}

  add(row: PathRow): void {
    const { hosts, datastores, paths } = this.estate;
    const device = row.disk ?? '';
    if (device === '') {
      this.gaps.add(row.host ?? 'vMultiPath', 'vMultiPath.Disk', 'a row without a disk');
      return;
    }
    const host = hosts.find(row.host);
    // A path name (mpx.) is another LUN on each host.
    const key = keysOfEsxName(device).length === 0 ? `${device} ${row.host}` : device;
    const known = this.byDevice.get(key) ?? { row, device, seenBy: new Set() };
    if (host !== null) {
      known.seenBy.add(host.id);
      paths.add(host, device, row);
    }
    this.byDevice.set(key, known);
    if (row.datastore === undefined) return;
    const place = { name: row.datastore, host: row.host, datacenter: row.datacenter };
    if (!datastores.addDevice(place, device))
      this.gaps.add(device, 'vMultiPath.Datastore', `${row.datastore} is not told apart by vDatastore`);
  }

  finish(): MapLun[] {
    return [...this.byDevice.values()].flatMap(({ row, device, seenBy }) => {
      const keys = keysOfEsxName(device);
      const parsed = MapLun.safeParse({
        canonicalName: clean(device, 512),
        uuid: clean(row.uuid ?? '', 256),
        keys,
        vendor: clean(row.vendor ?? '', 64),
        model: clean(row.model ?? '', 64),
        capacityBytes: null,
        isLocal: keys.length === 0,
        seenBy: [...seenBy].slice(0, 4096),
      });
      return parsed.success ? [parsed.data] : [];
    });
  }
}

const kinds: readonly { says: RegExp; kind: MapAdapter['kind'] }[] = [
  { says: /fcoe|over ethernet/i, kind: 'fcoe' },
  { says: /fib(re|er) ?channel/i, kind: 'fibreChannel' },
  { says: /iscsi/i, kind: 'iscsi' },
  { says: /nvme.*tcp|tcp.*nvme/i, kind: 'nvmeTcp' },
  { says: /rdma|roce/i, kind: 'rdma' },
  { says: /\bsas\b|serial attached/i, kind: 'sas' },
  { says: /nvme|pcie/i, kind: 'nvme' },
];

/** A WWN is written with or without colons, for port and node together or alone: the last sixteen digits are the port's. */
export function adapterOf({ host, device, type, wwn = '' }: AdapterRow, hosts: Hosts): MapAdapter | null {
  const digits = wwn.toLowerCase().replaceAll(/[^0-9a-f]/g, '');
  const isName = /^(iqn|eui|nqn)\./i.test(wwn);
  const isPort = !isName && (digits.length === 16 || digits.length === 32);
  const parsed = MapAdapter.safeParse({
    host: hosts.find(host)?.id,
    device: clean(device ?? '', 64),
    kind: kinds.find(({ says }) => says.test(type ?? ''))?.kind ?? 'other',
    names: isName ? [clean(wwn, 256)] : isPort ? [digits.slice(-16)] : [],
  });
  return parsed.success ? parsed.data : null;
}
