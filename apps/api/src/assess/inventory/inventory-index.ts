import type { EsxiHost, HotAddReach, Leftover } from '@lunwarden/risk';
import type { InventoryRows } from '@lunwarden/store';
import { esxiHostOf } from './esxi-host.js';

/** What the maps in force say around the LUNs, ready to answer for one host at the cost of its own datastores. */
export class InventoryIndex {
  /** ESXi hosts by volume: most datastores of a cluster share one list. */
  private readonly mounts = new Map<string, readonly (readonly EsxiHost[])[]>();
  private readonly esxiHosts: ReadonlyMap<string, EsxiHost>;
  private readonly reach: ReadonlyMap<string, readonly HotAddReach[]>;
  private readonly leftovers = new Map<string, Leftover[]>();

  constructor(private readonly rows: InventoryRows) {
    this.esxiHosts = new Map(rows.esxiHosts.map((host) => [host.id, esxiHostOf(host)]));
    const lists = new Map<string, readonly EsxiHost[]>();
    const byId = new Map(rows.datastores.map((datastore) => [datastore.id, datastore]));
    for (const { id, volume, hosts } of rows.datastores) {
      const instance = id.slice(0, id.indexOf('/'));
      const key = `${instance} ${hosts}`;
      const list = lists.get(key) ?? this.hostsOf(instance, hosts);
      lists.set(key, list);
      this.mounts.set(volume, [...(this.mounts.get(volume) ?? []), list]);
    }
    this.reach = new Map(
      rows.clusters.map(({ key, datastores }) => [
        key,
        datastores.flatMap(({ id, isEverywhere }) => {
          const known = byId.get(id);
          return known === undefined ? [] : [{ id, name: known.name, volume: known.volume, isEverywhere }];
        }),
      ]),
    );
    for (const { vm, snapshot, volumes } of rows.leftovers) {
      const left = { vm, snapshot };
      for (const volume of volumes) this.leftovers.set(volume, [...(this.leftovers.get(volume) ?? []), left]);
    }
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
