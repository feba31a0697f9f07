import type { LunKey } from '@lunwarden/contract';
import {
  countVms,
  type LunNumbers,
  MapNumbering,
  type MappedDatastore,
  type MapView,
  type NumberedMap,
  SharedVms,
  withSharedVms,
} from '@lunwarden/risk';
import { type IndexedDatastore, inSlices, type MapIndexRows } from '@lunwarden/store';
import type { InventoryIndex } from './inventory/inventory-index.js';

/** All maps in force, ready to answer for one host's LUNs: the cost of an answer is that host's LUNs, never the fleet. */
export class MapIndex {
  private readonly byKey = new Map<string, MappedDatastore[]>();
  private readonly byId = new Map<string, MappedDatastore>();
  private ids: ReadonlyMap<string, string | null> | null = null;
  private numbering: { numbers: LunNumbers; map: Promise<NumberedMap> } | null = null;

  constructor(
    private readonly rows: MapIndexRows,
    readonly inventory: InventoryIndex,
    datastores: readonly MappedDatastore[] = withSharedVms(rows.datastores),
  ) {
    for (const datastore of datastores) this.add(datastore);
  }

  /** The same, made in slices: a fleet of some thousand datastores takes longer than a reader should wait. */
  static async inSlices(rows: MapIndexRows, inventory: InventoryIndex): Promise<MapIndex> {
    const shared = new SharedVms();
    await inSlices(rows.datastores, (one) => shared.note(one));
    const index = new MapIndex(rows, inventory, []);
    await inSlices(rows.datastores, (one) => index.add(shared.mark(one)));
    return index;
  }

  private add(datastore: MappedDatastore): void {
    this.byId.set(datastore.id, datastore);
    for (const key of new Set(datastore.extents.flat())) {
      const known = this.byKey.get(key);
      if (known === undefined) this.byKey.set(key, [datastore]);
      else known.push(datastore);
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

  /** The datastore with this name and managed object id; null = no map has it, or two vCenters do. */
  datastoreNamed(name: string, moref: string): string | null {
    this.ids ??= idsByName(this.rows.datastores);
    return this.ids.get(`${moref} ${name}`) ?? null;
  }

  /** All of it with numbers for names: made once, in slices. */
  numbered(numbers: LunNumbers): Promise<NumberedMap> {
    if (this.numbering?.numbers !== numbers) this.numbering = { numbers, map: this.numberedBy(numbers) };
    return this.numbering.map;
  }

  private async numberedBy(numbers: LunNumbers): Promise<NumberedMap> {
    const numbering = new MapNumbering(this.vcenters, numbers);
    await inSlices([...this.byId.values()], (datastore) => numbering.add(datastore));
    return numbering.whole();
  }

  /** Distinct VMs on these datastores. */
  vmsOn(datastoreIds: Iterable<string>): number {
    return countVms([...datastoreIds].flatMap((id) => this.byId.get(id) ?? []));
  }
}

function idsByName(datastores: readonly IndexedDatastore[]): ReadonlyMap<string, string | null> {
  const ids = new Map<string, string | null>();
  for (const { id, name } of datastores) {
    const key = `${id.slice(id.indexOf('/') + 1)} ${name}`;
    ids.set(key, ids.has(key) ? null : id);
  }
  return ids;
}
