import { keysOfEsxName, MapDatastore } from '@lunwarden/contract';
import { bytesOfMebibytes, clean, cleanOrNull, deviceNames, isTrue, morefOrNull } from '../table/cells.js';
import type { Row } from '../table/read-table.js';
import type { tabs } from '../table/tabs.js';
import { type Gaps, idOfName } from './gaps.js';
import type { Hosts } from './hosts.js';

type DatastoreRow = Row<typeof tabs.vDatastore.columns>;
type Listed = {
  row: DatastoreRow;
  name: string;
  hosts: ReadonlySet<string>;
  datacenters: ReadonlySet<string>;
  /** Canonical names of the devices that it lies on. */
  devices: Set<string>;
};
/** Where a datastore is called by its name: names are used once in a datacenter, not in a vCenter. */
export type Place = { name: string; host?: string; datacenter?: string };

/** Datastores as they are listed, and the LUNs that other tabs add to them. */
export class Datastores {
  private readonly listed: Listed[] = [];
  private readonly byName = new Map<string, Listed[]>();
  private readonly ids = new Map<Listed, string>();

  constructor(
    private readonly hosts: Hosts,
    private readonly gaps: Gaps,
  ) {}

  add(row: DatastoreRow): void {
    const name = row.name ?? '';
    const hosts = new Set((row.hosts ?? '').split(/[,;]/).flatMap((one) => this.hosts.find(one.trim())?.name ?? []));
    const datacenters = new Set([...hosts].flatMap((host) => this.hosts.find(host)?.datacenter ?? []));
    const devices = new Set(row.type === 'VMFS' ? deviceNames(row.address) : []);
    const one: Listed = { row, name, hosts, datacenters, devices };
    this.listed.push(one);
    this.byName.set(name, [...(this.byName.get(name) ?? []), one]);
    this.ids.set(
      one,
      morefOrNull(row.id) ?? idOfName('datastore', row.url ?? name, row.url === undefined ? row.hosts : ''),
    );
  }

  /** Adds a device to the datastore that is meant. @returns false if nobody can tell which that is */
  addDevice(place: Place, device: string): boolean {
    const one = this.find(place);
    one?.devices.add(device);
    return one !== null;
  }

  idOf(place: Place): string | null {
    const one = this.find(place);
    return one === null ? null : (this.ids.get(one) ?? null);
  }

  /** All of them that fit the contract; what does not is a gap. */
  finish(): MapDatastore[] {
    return this.listed.flatMap((one) => {
      const parsed = MapDatastore.safeParse(this.datastoreOf(one));
      if (parsed.success) return [parsed.data];
      this.gaps.add(one.name, 'vDatastore', `does not fit: ${parsed.error.issues[0]?.path.join('.') ?? ''}`);
      return [];
    });
  }

  /** By name; among several of one name by the host or datacenter that speaks of it. */
  private find({ name, host, datacenter }: Place): Listed | null {
    const all = this.byName.get(name) ?? [];
    if (all.length < 2) return all[0] ?? null;
    const own = this.hosts.find(host)?.name;
    const byHost = all.filter(({ hosts }) => own !== undefined && hosts.has(own));
    const where = this.hosts.datacenterOf({ host, datacenter });
    const byPlace = all.filter(({ datacenters }) => where !== null && datacenters.has(where));
    const [only, ...others] = byHost.length === 1 ? byHost : byPlace;
    return others.length === 0 ? (only ?? null) : null;
  }

  private datastoreOf(one: Listed) {
    const { row, name, hosts, devices, datacenters } = one;
    const accessible = isTrue(row.accessible ?? 'true');
    const type = typeOf(row.type);
    this.check(one, type);
    return {
      id: this.ids.get(one),
      name: clean(name, 256),
      path: clean(`/${[...datacenters].slice(0, 1).concat('datastore', name).join('/')}`, 1024),
      type,
      vmfsUuid: type === 'VMFS' ? volumeOf(row.url) : null,
      url: cleanOrNull(row.url, 512),
      capacityBytes: accessible ? bytesOfMebibytes(row.capacity) : null,
      freeBytes: accessible ? bytesOfMebibytes(row.free) : null,
      accessible,
      // RVTools knows no partition numbers; 0 is none.
      extents: [...devices].map((diskName) => ({
        diskName: clean(diskName, 512),
        partition: 0,
        keys: keysOfEsxName(diskName),
      })),
      hosts: [...hosts].flatMap((host) => {
        const id = this.hosts.find(host)?.id;
        return id === undefined ? [] : [{ host: id, mounted: true, accessible }];
      }),
    };
  }

  /** A volume with fewer LUNs than it has extents is half a volume: a write could reach it where no map says so. */
  private check({ name, row, devices }: Listed, type: MapDatastore['type']): void {
    if (type !== 'VMFS') return;
    const expected = /^\d+$/.test(row.extents ?? '') ? Math.max(1, Number(row.extents)) : 1;
    if (devices.size < expected)
      this.gaps.add(name, 'vMultiPath.Disk', `tells ${devices.size} of ${expected} LUNs of this volume`);
    if (volumeOf(row.url) === null) this.gaps.add(name, 'vDatastore.URL', 'holds no VMFS UUID');
  }
}

const types = new Map<string, MapDatastore['type']>(
  (['VMFS', 'NFS', 'NFS41', 'vsan', 'VVOL', 'PMEM'] as const).map((type) => [type.toLowerCase(), type]),
);
const typeOf = (text: string | undefined): MapDatastore['type'] => types.get((text ?? '').toLowerCase()) ?? 'OTHER';

/** `ds:///vmfs/volumes/5f2b…-…/` */
const volumeOf = (url: string | undefined): string | null =>
  /\/vmfs\/volumes\/([0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{12})\/?$/i.exec(url ?? '')?.[1]?.toLowerCase() ??
  null;
