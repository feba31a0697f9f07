import type { SampleLun } from './estate/lun.js';
import { clustersOf, type SampleDatastore, type SampleVcenter } from './estate/vcenter.js';
import { presentedLuns, type SampleHost } from './proxies/sample-host.js';
import type { SampleFleet } from './sample-fleet.js';

/** What a careless write on one proxy can truly reach. Ids are `<vCenter instanceUuid>/<moref>`, sorted. */
export type Reach = {
  datastores: readonly string[];
  vms: readonly string[];
  /** LUNs it sees that hold no datastore of any vCenter. */
  strangers: number;
};

/** Answers `reachOf` for every host of a fleet: by LUN objects, not by any identifier, so it can judge a join. */
export function reachIn(fleet: SampleFleet): (host: SampleHost) => Reach {
  const onLun = new Map<SampleLun, { id: string; vms: readonly string[] }[]>();
  for (const vcenter of fleet.vcenters) {
    const vms = vmsByDatastore(vcenter);
    for (const store of clustersOf(vcenter).flatMap((cluster) => cluster.datastores)) index(vcenter, store, vms);
  }
  return (host) => {
    const luns = presentedLuns(host);
    const stores = luns.flatMap((lun) => onLun.get(lun) ?? []);
    return {
      datastores: sorted(stores.map((store) => store.id)),
      vms: sorted(stores.flatMap((store) => store.vms)),
      strangers: luns.filter((lun) => !onLun.has(lun)).length,
    };
  };

  function index(vcenter: SampleVcenter, store: SampleDatastore, vms: ReadonlyMap<string, readonly string[]>): void {
    const entry = { id: `${vcenter.uuid}/${store.map.id}`, vms: vms.get(store.map.id) ?? [] };
    for (const lun of store.luns) onLun.set(lun, [...(onLun.get(lun) ?? []), entry]);
  }
}

function vmsByDatastore(vcenter: SampleVcenter): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const vm of clustersOf(vcenter).flatMap((cluster) => cluster.vms)) {
    for (const id of vm.datastores) {
      const vms = found.get(id) ?? [];
      vms.push(`${vcenter.uuid}/${vm.id}`);
      found.set(id, vms);
    }
  }
  return found;
}

const sorted = (ids: readonly string[]): string[] => [...new Set(ids)].sort();
