import { datastoreObject } from './datastore-object.js';
import { hostObject } from './host-object.js';
import { leaf, property, ref, refProperty, refsProperty, textProperty } from './markup.js';
import { type SanCluster, type SanOrder, sanClusters } from './san-estate.js';
import { pathName, subsystemNqn } from './san-paths.js';
import { iscsiName, portName } from './storage-device.js';
import { biosUuid, diskUuid, vmObject } from './vm-object.js';

/** One file of a folder that `vcsim -load` reads: an object as `govc object.save` writes it. */
export interface VcsimFile {
  readonly path: string;
  readonly content: string;
}

interface SavedObject {
  readonly type: string;
  readonly id: string;
  readonly content: string;
}

const datacenter = 'datacenter-2';
const folders = { vm: 'group-v10', host: 'group-h10', datastore: 'group-s10', network: 'group-n10' } as const;
const sanFolder = 'group-s11';
const clusterId = ({ number }: SanCluster): string => `domain-c${100 + number}`;
const poolId = ({ number }: SanCluster): string => `resgroup-${100 + number}`;
const podId = ({ number }: SanCluster): string => `group-p${100 + number}`;

/**
 * The saved inventory of a vCenter with VMFS on SAN LUNs, file by file (an estate of 50,000 VMs has 1 GB of them).
 * The simulator's own default model has no LUNs worth the name.
 */
export function* vcsimFolder(order: SanOrder): Generator<VcsimFile> {
  let sequence = 0;
  for (const { type, id, content } of savedObjects(sanClusters(order))) {
    // Read in the order of their names.
    const number = String(sequence++).padStart(7, '0');
    yield {
      path: `${number}-${type}-${id}.xml`,
      content: `<ObjectContent>${ref('obj', type, id)}${content}</ObjectContent>`,
    };
  }
}

/** What a reader of that inventory must find, straight from the plan and not from the files. */
export function vcsimTruth(order: SanOrder) {
  const clusters = sanClusters(order);
  const datastores = clusters.flatMap((cluster) => cluster.datastores);
  const vms = clusters.flatMap((cluster) => cluster.vms);
  return {
    hosts: clusters.flatMap(({ hosts, number }) => hosts.map((host) => ({ host, cluster: `C${number}` }))),
    /** (datastore, device, host) for every host that is told of the datastore, mounted or not. */
    extents: datastores.flatMap(({ id, extents, mounts }) =>
      extents.flatMap(({ canonicalName }) =>
        mounts.map(({ host, mounted }) => ({ datastore: id, diskName: canonicalName, host, mounted })),
      ),
    ),
    datastores: datastores.map(({ id, type, uuid, escapedName, capacityBytes }) => ({
      id,
      type,
      uuid,
      escapedName,
      capacityBytes,
    })),
    placements: vms.flatMap((vm) => vm.datastores.map(({ id }) => ({ vm: vm.id, datastore: id }))),
    vms: vms.map(({ id, name, host, isTemplate }) => ({ id, name, host, isTemplate, biosUuid: biosUuid(id) })),
    snapshots: vms.flatMap(({ id, snapshots }) => snapshots.map(({ name }) => ({ vm: id, name }))),
    needConsolidation: vms.filter(({ needsConsolidation }) => needsConsolidation).map(({ id }) => id),
    /** `key` is what the guest of `vm` calls the disk. */
    foreignDisks: vms.flatMap(({ id, borrowsOf }) =>
      borrowsOf === null
        ? []
        : [{ vm: id, owner: borrowsOf.id, key: `naa:${diskUuid(borrowsOf, 0).replaceAll('-', '')}` }],
    ),
    esxi: clusters.flatMap(({ hosts, esxi }) => hosts.map((host) => ({ host, ...esxi(host) }))),
    deadPaths: clusters.flatMap(({ hosts, deadPaths }) =>
      hosts.flatMap((host) =>
        deadPaths(host).map((lun) => ({ host, name: pathName(lun, 1), diskName: lun.canonicalName })),
      ),
    ),
    subsystems: clusters.flatMap(({ luns }) =>
      luns.flatMap(({ canonicalName }) => (canonicalName.startsWith('eui.') ? [{ canonicalName, subsystemNqn }] : [])),
    ),
    luns: clusters.flatMap(({ luns }) => luns.map(({ canonicalName }) => canonicalName)),
    adapters: clusters.flatMap(({ hosts }) =>
      hosts.map((host) => ({ host, wwpn: portName(host).toString(16).padStart(16, '0'), iqn: iscsiName(host) })),
    ),
    rawMappings: vms.flatMap(({ id, rdm }) =>
      rdm === null ? [] : [{ vm: id, lunUuid: rdm.uuid, diskName: rdm.canonicalName }],
    ),
  };
}

function* savedObjects(clusters: readonly SanCluster[]): Generator<SavedObject> {
  // Without an OptionManager the simulator makes folders where it was started, and its next start fails on them; one
  // with some settings but not all of its own makes it panic.
  yield { type: 'OptionManager', id: 'VpxSettings', content: '' };
  yield* datacenterObjects(clusters);
  for (const cluster of clusters) yield* clusterObjects(cluster);
}

const entity = (name: string, kind: string, parent: string): string =>
  textProperty('name', name) + refProperty('parent', kind, parent);

function* datacenterObjects(clusters: readonly SanCluster[]): Generator<SavedObject> {
  const childFolder = (name: string, kind: string, children: readonly string[]) =>
    entity(name, 'Datacenter', datacenter) + refsProperty('childEntity', kind, children);
  const vms = clusters.flatMap((cluster) => cluster.vms.map(({ id }) => id));
  const datastores = clusters.flatMap((cluster) => cluster.datastores.map(({ id }) => id));
  const root = textProperty('name', 'Datacenters');
  const rootChildren = property('childType', 'ArrayOfString', leaf('string', 'Folder'), leaf('string', 'Datacenter'));
  yield {
    type: 'Folder',
    id: 'group-d1',
    content: root + rootChildren + refsProperty('childEntity', 'Datacenter', [datacenter]),
  };
  const own = [
    entity('DC0', 'Folder', 'group-d1'),
    ...Object.entries(folders).map(([name, id]) => refProperty(`${name}Folder`, 'Folder', id)),
    refsProperty('datastore', 'Datastore', datastores),
  ];
  yield { type: 'Datacenter', id: datacenter, content: own.join('') };
  yield { type: 'Folder', id: folders.vm, content: childFolder('vm', 'VirtualMachine', vms) };
  yield {
    type: 'Folder',
    id: folders.host,
    content: childFolder('host', 'ClusterComputeResource', clusters.map(clusterId)),
  };
  yield { type: 'Folder', id: folders.network, content: entity('network', 'Datacenter', datacenter) };
  yield { type: 'Folder', id: folders.datastore, content: childFolder('datastore', 'Folder', [sanFolder]) };
  const pods = refsProperty('childEntity', 'StoragePod', clusters.map(podId));
  yield { type: 'Folder', id: sanFolder, content: entity('SAN', 'Folder', folders.datastore) + pods };
}

function* clusterObjects(cluster: SanCluster): Generator<SavedObject> {
  const id = clusterId(cluster);
  const pool = poolId(cluster);
  const pod = podId(cluster);
  const vms = cluster.vms.map((vm) => vm.id);
  const datastores = cluster.datastores.map((one) => one.id);
  for (const vm of cluster.vms) {
    const content = vmObject(vm, { folder: folders.vm, pool });
    yield { type: 'VirtualMachine', id: vm.id, content };
  }
  const parent = { kind: 'StoragePod', id: pod };
  for (const one of cluster.datastores)
    yield { type: 'Datastore', id: one.id, content: datastoreObject(one, parent, cluster.vms) };
  for (const host of cluster.hosts) yield { type: 'HostSystem', id: host, content: hostObject(host, cluster, id) };
  const poolParts = [
    entity('Resources', 'ClusterComputeResource', id),
    refProperty('owner', 'ClusterComputeResource', id),
    refsProperty('vm', 'VirtualMachine', vms),
  ];
  yield { type: 'ResourcePool', id: pool, content: poolParts.join('') };
  const parts = [
    entity(`C${cluster.number}`, 'Folder', folders.host),
    refsProperty('host', 'HostSystem', cluster.hosts),
    refsProperty('datastore', 'Datastore', datastores),
    refProperty('resourcePool', 'ResourcePool', pool),
  ];
  yield { type: 'ClusterComputeResource', id, content: parts.join('') };
  const podParts =
    entity(`pod-C${cluster.number}`, 'Folder', sanFolder) + refsProperty('childEntity', 'Datastore', datastores);
  yield { type: 'StoragePod', id: pod, content: podParts };
}
