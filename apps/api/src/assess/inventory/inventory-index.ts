import type { EsxiHost, HotAddReach, Leftover } from '@lunwarden/risk';
import { type InventoryRows, inSlices } from '@lunwarden/store';
import { esxiHostOf } from './esxi-host.js';

/** What the maps in force say around the LUNs, ready to answer for one host at the cost of its own datastores. */
export class InventoryIndex {
  /** ESXi hosts by volume: most datastores of a cluster share one list. */
  private readonly mounts = new Map<string, (readonly EsxiHost[])[]>();
  private readonly lists = new Map<string, readonly EsxiHost[]>();
  private readonly datastores = new Map<string, InventoryRows['datastores'][number]>();
  private readonly esxiHosts: ReadonlyMap<string, EsxiHost>;
  private readonly reach = new Map<string, readonly HotAddReach[]>();
  private readonly leftovers = new Map<string, Leftover[]>();

  private constructor(private readonly rows: Pick<InventoryRows, 'vcenters' | 'esxiHosts'>) {
    this.esxiHosts = new Map(rows.esxiHosts.map((host) => [host.id, esxiHostOf(host)]));
  }

  /** In slices: a fleet of some thousand datastores takes longer than a reader should wait. */
  static async of(rows: InventoryRows): Promise<InventoryIndex> {
    const index = new InventoryIndex(rows);
    await inSlices(rows.datastores, (datastore) => index.addDatastore(datastore));
    await inSlices(rows.clusters, (cluster) => index.addCluster(cluster));
    await inSlices(rows.leftovers, (leftover) => index.addLeftover(leftover));
    return index;
  }

  private addDatastore(datastore: InventoryRows['datastores'][number]): void {
    const { id, volume, hosts } = datastore;
    this.datastores.set(id, datastore);
    const instance = id.slice(0, id.indexOf('/'));
    const key = `${instance} ${hosts}`;
    const list = this.lists.get(key) ?? this.hostsOf(instance, hosts);
    this.lists.set(key, list);
    push(this.mounts, volume, list);
  }

  private addCluster({ key, datastores }: InventoryRows['clusters'][number]): void {
    const reach = datastores.flatMap(({ id, isEverywhere }) => {
      const known = this.datastores.get(id);
      return known === undefined ? [] : [{ id, name: known.name, volume: known.volume, isEverywhere }];
    });
    this.reach.set(key, reach);
  }

  private addLeftover({ vm, snapshot, volumes }: InventoryRows['leftovers'][number]): void {
    const left = { vm, snapshot };
    for (const volume of volumes) push(this.leftovers, volume, left);
  }

  get vcenters(): InventoryRows['vcenters'] {
    return this.rows.vcenters;
  }

  /** ESXi hosts that mount one of these volumes, and `running`, by name. */
  hostsMounting(volumes: Iterable<string>, running: readonly (string | null)[]): EsxiHost[] {
    const found = new Set<EsxiHost>();
    for (const id of running) {
      const host = this.esxiHosts.get(id ?? '');
      if (host !== undefined) found.add(host);
    }
    for (const list of new Set([...volumes].flatMap((volume) => this.mounts.get(volume) ?? [])))
      for (const host of list) found.add(host);
    return [...found].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  }

  /** Datastores whose VMs a VM of that cluster can be given disks of. */
  reachOf(cluster: string): readonly HotAddReach[] {
    return this.reach.get(cluster) ?? [];
  }

  leftoversOn(volumes: Iterable<string>): Leftover[] {
    return [...new Set([...volumes].flatMap((volume) => this.leftovers.get(volume) ?? []))];
  }

  private hostsOf(instance: string, hosts: string): EsxiHost[] {
    return hosts.split(' ').flatMap((id) => this.esxiHosts.get(`${instance}/${id}`) ?? []);
  }
}

function push<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const known = lists.get(key);
  if (known === undefined) lists.set(key, [item]);
  else known.push(item);
}
