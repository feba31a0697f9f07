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

/** @param view all datastores of all maps, each id once; see `withSharedVms` for what makes the join short */
export function numberedMap({ vcenters, datastores }: MapView, numbers: LunNumbers): NumberedMap {
  const places = new Map(vcenters.map(({ name }, at) => [name, at]));
  const vmNumbers = new Map<string, number>();
  const numberOf = (vm: string): number => {
    const known = vmNumbers.get(vm) ?? vmNumbers.size;
    vmNumbers.set(vm, known);
    return known;
  };
  return {
    vcenters,
    datastoresOfKey: rowsOf(datastoresByKey(datastores, numbers)),
    vcenterOf: Int32Array.from(datastores, (datastore) =>
      isInDoubt(datastore) ? -1 : (places.get(datastore.vcenter) ?? -1),
    ),
    ownVms: Int32Array.from(datastores, ({ vmIds, sharedVmIds }) => vmIds.length - (sharedVmIds ?? vmIds).length),
    sharedVms: rowsOf(datastores.map(({ vmIds, sharedVmIds }) => (sharedVmIds ?? vmIds).map(numberOf))),
    sharedVmCount: vmNumbers.size,
  };
}

function datastoresByKey(datastores: readonly MappedDatastore[], numbers: LunNumbers): number[][] {
  const byKey = new Map<number, number[]>();
  datastores.forEach(({ extents }, at) => {
    for (const key of new Set(extents.flat())) {
      const number = numbers.of(key);
      const known = byKey.get(number);
      if (known === undefined) byKey.set(number, [at]);
      else known.push(at);
    }
  });
  return Array.from({ length: numbers.size }, (_, number) => byKey.get(number) ?? []);
}
