import type { SampleCluster, SampleDatacenter, SampleVcenter } from '@lunwarden/sample-fleet';
import { datastoreProperties, hostProperties, vmProperties } from './properties.js';
import { array, data, type Ref, reference, string, type VimValue } from './vim-value.js';

export type ManagedObject = { ref: Ref; parent: Ref | null; properties: VimValue };

export const rootFolder: Ref = { kind: 'Folder', id: 'group-d1' };

/** Every object below the root folder by its id, parents before children. */
export class Inventory {
  readonly #objects = new Map<string, ManagedObject>();

  constructor(vcenter: SampleVcenter) {
    this.#add(rootFolder, null, { name: string('Datacenters') });
    for (const datacenter of vcenter.datacenters) this.#addDatacenter(datacenter);
  }

  get(id: string): ManagedObject | null {
    return this.#objects.get(id) ?? null;
  }

  /** Objects of these types (sub-types included) below `container`. */
  below(container: Ref, types: readonly string[], recursive: boolean): ManagedObject[] {
    return [...this.#objects.values()].filter(
      (object) =>
        (types.length === 0 || types.some((type) => isKindOf(object.ref.kind, type))) &&
        this.#isBelow(object, container, recursive),
    );
  }

  #isBelow({ parent }: ManagedObject, container: Ref, recursive: boolean): boolean {
    if (parent === null) return false;
    if (parent.id === container.id) return true;
    const above = this.get(parent.id);
    return recursive && above !== null && this.#isBelow(above, container, recursive);
  }

  #addDatacenter({ id, name, clusters }: SampleDatacenter): void {
    const datastores = clusters.flatMap((cluster) => cluster.datastores.map(({ map }) => map.id));
    const datacenter = this.#add({ kind: 'Datacenter', id }, rootFolder, {
      name: string(name),
      datastore: array(
        'ManagedObjectReference',
        datastores.map((datastore) => reference({ kind: 'Datastore', id: datastore })),
      ),
    });
    const folder = (letter: string, called: string): Ref =>
      this.#add({ kind: 'Folder', id: `group-${letter}${id.replace(/\D/g, '')}` }, datacenter, {
        name: string(called),
      });
    const folders = { vms: folder('v', 'vm'), hosts: folder('h', 'host'), datastores: folder('s', 'datastore') };
    for (const cluster of clusters) this.#addCluster(cluster, folders);
  }

  #addCluster(cluster: SampleCluster, folders: { vms: Ref; hosts: Ref; datastores: Ref }): void {
    const self = this.#add({ kind: 'ClusterComputeResource', id: cluster.id }, folders.hosts, {
      name: string(cluster.name),
    });
    for (const host of cluster.hosts)
      this.#add({ kind: 'HostSystem', id: host.id }, self, hostProperties(host, cluster));
    for (const { map, folder } of cluster.datastores) {
      const parent = folder === null ? folders.datastores : this.#folderIn(folders.datastores, folder);
      this.#add({ kind: 'Datastore', id: map.id }, parent, datastoreProperties(map));
    }
    for (const vm of cluster.vms)
      this.#add({ kind: 'VirtualMachine', id: vm.id }, folders.vms, vmProperties(vm, cluster));
  }

  /** Clusters of a datacenter share its datastore folders. */
  #folderIn(parent: Ref, name: string): Ref {
    const ref = { kind: 'Folder', id: `${parent.id}-${name.replaceAll(/\W/g, '')}` };
    return this.#objects.has(ref.id) ? ref : this.#add(ref, parent, { name: string(name) });
  }

  #add(ref: Ref, parent: Ref | null, properties: Record<string, VimValue | null>): Ref {
    const owner = parent === null ? null : reference(parent);
    this.#objects.set(ref.id, { ref, parent, properties: data(ref.kind, { ...properties, parent: owner }) });
    return ref;
  }
}

const parents: Readonly<Record<string, readonly string[]>> = {
  ClusterComputeResource: ['ComputeResource', 'ManagedEntity'],
  StoragePod: ['Folder', 'ManagedEntity'],
  ContainerView: ['ManagedObjectView', 'View'],
};

/** Whether an object of `kind` is also one of `type`. */
export const isKindOf = (kind: string, type: string): boolean =>
  kind === type || (parents[kind] ?? ['ManagedEntity']).includes(type);
