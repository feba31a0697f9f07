import { group, leaf, property, ref, refProperty, refsProperty, textProperty, typed } from './markup.js';
import type { SanDatastore, SanVm } from './san-estate.js';

/** The parts of a Datastore object: info, summary, host, vm. */
export function datastoreObject(
  datastore: SanDatastore,
  parent: { kind: string; id: string },
  vms: readonly SanVm[],
): string {
  const { id, escapedName, type, capacityBytes } = datastore;
  const url = `ds:///vmfs/volumes/${datastore.mountedAs ?? datastore.uuid}/`;
  const freeSpace = leaf('freeSpace', Math.floor(capacityBytes / 2));
  const { infoType, body } = infoOf(datastore);
  return [
    textProperty('name', escapedName),
    refProperty('parent', parent.kind, parent.id),
    property('info', infoType, leaf('name', escapedName), leaf('url', url), freeSpace, body),
    property(
      'summary',
      'DatastoreSummary',
      ref('datastore', 'Datastore', id),
      leaf('name', escapedName),
      leaf('url', url),
      leaf('capacity', capacityBytes),
      freeSpace,
      leaf('accessible', true),
      leaf('multipleHostAccess', true),
      leaf('type', type),
      leaf('maintenanceMode', 'normal'),
    ),
    property('host', 'ArrayOfDatastoreHostMount', ...datastore.mounts.map((mount) => mountOf(mount, datastore))),
    refsProperty(
      'vm',
      'VirtualMachine',
      vms.filter((vm) => vm.datastores.includes(datastore)).map((vm) => vm.id),
    ),
  ].join('');
}

const mountOf = ({ host, mounted }: SanDatastore['mounts'][number], { uuid }: SanDatastore): string =>
  group(
    'DatastoreHostMount',
    ref('key', 'HostSystem', host),
    group(
      'mountInfo',
      leaf('path', `/vmfs/volumes/${uuid}`),
      leaf('accessMode', 'readWrite'),
      leaf('mounted', mounted),
      leaf('accessible', mounted),
    ),
  );

function infoOf(datastore: SanDatastore): { infoType: string; body: string } {
  const { escapedName, type, uuid, capacityBytes } = datastore;
  const volume = [leaf('type', type), leaf('name', escapedName), leaf('capacity', capacityBytes)];
  switch (type) {
    case 'VMFS':
      return { infoType: 'VmfsDatastoreInfo', body: group('vmfs', ...volume, vmfsRest(datastore)) };
    case 'NFS': {
      const remote = [leaf('remoteHost', '192.0.2.5'), leaf('remotePath', `/export/${escapedName}`)];
      return { infoType: 'NasDatastoreInfo', body: group('nas', ...volume, ...remote) };
    }
    case 'vsan':
      return { infoType: 'VsanDatastoreInfo', body: leaf('membershipUuid', uuid) };
    case 'VVOL':
      return {
        infoType: 'VvolDatastoreInfo',
        body: typed('vvolDS', 'HostVvolVolume', ...volume, leaf('scId', `vvol:${uuid}`)),
      };
  }
}

const vmfsRest = ({ uuid, extents }: SanDatastore): string =>
  [
    leaf('blockSizeMb', 1),
    leaf('maxBlocks', 63_963_136),
    leaf('majorVersion', 6),
    leaf('version', '6.82'),
    leaf('uuid', uuid),
    ...extents.map(({ canonicalName }) => group('extent', leaf('diskName', canonicalName), leaf('partition', 1))),
    leaf('vmfsUpgradable', false),
  ].join('');
