import type { MappedDatastore, MapView } from '../facts.js';
import { isInDoubt } from '../whole-map.js';
import type { LunNumbers } from './lun-numbers.js';
import { type Rows, rowsOf } from './rows.js';

/** All maps in force with numbers for names: made once for each version of the maps, joined with any number of hosts. */
export type NumberedMap = {
  vcenters: MapView['vcenters'];
  /** Datastores of each LUN key. A key whose number is beyond the list is known to no map. */
  datastoresOfKey: Rows;
  /** The vCenter of each datastore, by its place in `vcenters`; -1 = no longer configured, or not to be believed about it. */
  vcenterOf: Int32Array;
  /** VMs that lie on this datastore and no other: whoever reaches it reaches so many more. */
  ownVms: Int32Array;
  /** The rest of its VMs, which must be told apart. */
  sharedVms: Rows;
  /** How many VMs lie on several datastores: their numbers are below this. */
  sharedVmCount: number;
};

/**
 * Numbers a map one datastore at a time, so that a large one need not hold up whoever waits behind it: first all to
 * `add`, each id once, and then the `whole`.
 */
export class MapNumbering {
  private readonly places: ReadonlyMap<string, number>;
  private readonly vmNumbers = new Map<string, number>();
  private readonly byKey = new Map<number, number[]>();
  private readonly vcenterOf: number[] = [];
  private readonly ownVms: number[] = [];
  private readonly sharedVms: number[][] = [];

  constructor(
    private readonly vcenters: MapView['vcenters'],
    private readonly numbers: LunNumbers,
  ) {
    this.places = new Map(vcenters.map(({ name }, at) => [name, at]));
  }

  /** @param datastore see `SharedVms` for what makes the join short */
  add(datastore: MappedDatastore): void {
    const { extents, vmIds, sharedVmIds = vmIds, vcenter } = datastore;
    const at = this.vcenterOf.length;
    for (const key of new Set(extents.flat())) {
      const number = this.numbers.of(key);
      const known = this.byKey.get(number);
      if (known === undefined) this.byKey.set(number, [at]);
      else known.push(at);
    }
    this.vcenterOf.push(isInDoubt(datastore) ? -1 : (this.places.get(vcenter) ?? -1));
    this.ownVms.push(vmIds.length - sharedVmIds.length);
    this.sharedVms.push(sharedVmIds.map((vm) => this.numberOf(vm)));
  }

  whole(): NumberedMap {
    return {
      vcenters: this.vcenters,
      datastoresOfKey: rowsOf(Array.from({ length: this.numbers.size }, (_, number) => this.byKey.get(number) ?? [])),
      vcenterOf: Int32Array.from(this.vcenterOf),
      ownVms: Int32Array.from(this.ownVms),
      sharedVms: rowsOf(this.sharedVms),
      sharedVmCount: this.vmNumbers.size,
    };
  }

  private numberOf(vm: string): number {
    const known = this.vmNumbers.get(vm) ?? this.vmNumbers.size;
    this.vmNumbers.set(vm, known);
    return known;
  }
}

/** All of it at once. @param view all datastores of all maps, each id once */
export function numberedMap({ vcenters, datastores }: MapView, numbers: LunNumbers): NumberedMap {
  const numbering = new MapNumbering(vcenters, numbers);
  for (const datastore of datastores) numbering.add(datastore);
  return numbering.whole();
}
