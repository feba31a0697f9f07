import type { LunKey } from '@lunwarden/contract';
import type { MapView } from '@lunwarden/risk';
import type { IndexedDatastore, MapIndexRows } from '@lunwarden/store';

/** All maps in force, ready to answer for one host's LUNs: the cost of an answer is that host's LUNs, never the fleet. */
export class MapIndex {
  private readonly byKey = new Map<string, IndexedDatastore[]>();
  private readonly byId = new Map<string, IndexedDatastore>();

  constructor(private readonly rows: MapIndexRows) {
    for (const datastore of rows.datastores) {
      this.byId.set(datastore.id, datastore);
      for (const key of new Set(datastore.extents.flat())) {
        const known = this.byKey.get(key);
        if (known === undefined) this.byKey.set(key, [datastore]);
        else known.push(datastore);
      }
    }
  }

  get version(): number {
    return this.rows.version;
  }

  get vcenters(): MapView['vcenters'] {
    return this.rows.vcenters;
  }

  /** The part of the maps that these LUN keys reach. */
  viewOf(keys: readonly (LunKey | string)[]): MapView {
    const datastores = new Set(keys.flatMap((key) => this.byKey.get(key) ?? []));
    return { vcenters: this.rows.vcenters, datastores: [...datastores] };
  }

  /** Distinct VMs on these datastores. */
  vmsOn(datastoreIds: Iterable<string>): number {
    const vms = new Set<string>();
    for (const id of datastoreIds) for (const vm of this.byId.get(id)?.vmIds ?? []) vms.add(vm);
    return vms.size;
  }
}
