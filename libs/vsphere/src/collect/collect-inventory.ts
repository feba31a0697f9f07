import type { Inventory } from '../map/assemble-lun-map.js';
import { datacenterPaths, readDatacenter } from '../map/datacenter.js';
import { datastoreParts, datastorePaths, type PlacedDatastore, readDatastore } from '../map/datastore.js';
import { hostPaths, readHost } from '../map/host.js';
import { readTreeNode, treePaths, treeTypes } from '../map/inventory-tree.js';
import { type PlacedVm, readVm, vmPaths } from '../map/vm.js';
import type { Session } from '../session.js';
import { type Collected, collectType, type TypeQuery } from './collect-type.js';
import type { Restarts } from './restarts.js';

/** How far the reading of one type has come. */
export interface Progress {
  readonly type: 'Folder' | 'HostSystem' | 'Datastore' | 'VirtualMachine';
  readonly got: number;
  readonly expected: number;
}

export interface Reading {
  readonly session: Session;
  readonly restarts: Restarts;
  readonly pageSize: number;
  readonly onProgress: (progress: Progress) => void;
}

const collect = <T>(reading: Reading, type: Progress['type'], query: Omit<TypeQuery<T>, 'pageSize'>) => {
  const onProgress = (got: number, expected: number): void => reading.onProgress({ type, got, expected });
  const whole = { ...query, pageSize: reading.pageSize, onProgress };
  return reading.restarts.run(query.types.join(', '), () => collectType(reading.session, whole));
};

export const vmQuery = { type: 'VirtualMachine', paths: vmPaths, map: readVm } as const;
export const datastoreQuery = {
  type: 'Datastore',
  paths: datastorePaths,
  only: datastoreParts,
  map: readDatastore,
} as const;

// What refers comes before what it refers to: something created meanwhile must not look missing.

export const collectVms = (reading: Reading): Promise<Collected<PlacedVm>> =>
  collect(reading, 'VirtualMachine', { types: ['VirtualMachine'], ...vmQuery });

export const collectDatastores = (reading: Reading): Promise<Collected<PlacedDatastore>> =>
  collect(reading, 'Datastore', { types: ['Datastore'], ...datastoreQuery });

/** Everything but the VMs. `datastores` reads those, at its turn. */
export async function collectRest(
  reading: Reading,
  datastoresOf: (reading: Reading) => Promise<Collected<PlacedDatastore>> = collectDatastores,
): Promise<Omit<Inventory, 'vms'>> {
  const datacenters = await collect(reading, 'Folder', {
    types: ['Datacenter'],
    type: 'Datacenter',
    paths: datacenterPaths,
    map: readDatacenter,
  });
  const datastores = await datastoresOf(reading);
  const hosts = await collect(reading, 'HostSystem', {
    types: ['HostSystem'],
    type: 'HostSystem',
    paths: hostPaths,
    map: readHost,
  });
  const tree = await collect(reading, 'Folder', {
    types: treeTypes,
    type: 'ManagedEntity',
    paths: treePaths,
    map: readTreeNode,
  });
  return { datacenters, datastores, hosts, tree };
}
