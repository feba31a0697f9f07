import { keysOfEsxName, MapDatastore } from '@lunwarden/contract';
import type { GapList } from '../collect/gap-list.js';
import type { ObjectContent } from '../collect/object-content.js';
import { child, children, type Ref, refOf, textOf, type XmlElement } from '../soap/xml-element.js';
import { clean, unescapeName } from './clean-text.js';
import { decimalOrNull, Fields, isTrue } from './fields.js';

/** Asked of every datastore, every time. Whole `info`: paths into a sub-class fail on the other classes. */
export const datastorePaths = [
  'name',
  'parent',
  'info',
  'host',
  'summary.accessible',
  'summary.type',
  'summary.url',
  'summary.capacity',
  'summary.freeSpace',
] as const;

/** A datastore whose place in the inventory is not resolved yet; `value.path` is its bare name. */
export interface PlacedDatastore {
  readonly parent: Ref | null;
  readonly escapedName: string;
  readonly value: MapDatastore;
}

export function readDatastore(object: ObjectContent, gaps: GapList): PlacedDatastore | null {
  const fields = new Fields(object, gaps);
  const info = fields.required('info');
  const escapedName = fields.requiredText('name') ?? object.ref.id;
  const accessible = isTrue(fields.requiredText('summary.accessible'));
  const parsed = MapDatastore.safeParse({
    id: object.ref.id,
    name: clean(unescapeName(escapedName), 256),
    path: clean(escapedName, 1024),
    type: typeOf(fields.requiredText('summary.type'), info),
    vmfsUuid: cleanOrNull(textOf(info, 'vmfs', 'uuid'), 64),
    url: cleanOrNull(fields.text('summary.url'), 512),
    // While a datastore is not accessible these two are those of the last time it was (DatastoreSummary).
    capacityBytes: accessible ? decimalOrNull(fields.text('summary.capacity')) : null,
    freeBytes: accessible ? decimalOrNull(fields.text('summary.freeSpace')) : null,
    accessible,
    extents: extentsOf(info, fields),
    // Unset when no host mounts it any more.
    hosts: mountsOf(fields.element('host')),
  });
  if (parsed.success) return { parent: fields.ref('parent'), escapedName, value: parsed.data };
  fields.gap('*', `does not fit: ${parsed.error.issues[0]?.path.join('.') ?? ''}`);
  return null;
}

function extentsOf(info: XmlElement | null, fields: Fields) {
  if (info?.type !== 'VmfsDatastoreInfo') return [];
  const vmfs = child(info, 'vmfs');
  // Unset while no host can reach the datastore: its LUNs are then unknown, which is not the same as none.
  if (vmfs === null) fields.gap('info.vmfs', 'not answered: the datastore is not accessible');
  const extents = children(vmfs, 'extent').map((extent) => {
    const diskName = clean(textOf(extent, 'diskName') ?? '', 512);
    return { diskName, partition: Number(textOf(extent, 'partition') ?? '0'), keys: keysOfEsxName(diskName) };
  });
  if (vmfs !== null && extents.length === 0) fields.gap('info.vmfs.extent', 'a VMFS datastore without an extent');
  return extents;
}

function mountsOf(host: XmlElement | null) {
  return children(host, 'DatastoreHostMount').flatMap((mount) => {
    const ref = refOf(child(mount, 'key'));
    if (ref === null) return [];
    // Unset means mounted (HostMountInfo.mounted); for `accessible` the cautious reading is the same.
    const claim = (name: string) => isTrue(textOf(mount, 'mountInfo', name) ?? 'true');
    return [{ host: ref.id, mounted: claim('mounted'), accessible: claim('accessible') }];
  });
}

const summaryTypes = new Map<string, MapDatastore['type']>([
  ['VMFS', 'VMFS'],
  ['NFS', 'NFS'],
  ['NFS41', 'NFS41'],
  ['vsan', 'vsan'],
  ['VVOL', 'VVOL'],
  ['PMEM', 'PMEM'],
]);
const infoTypes = new Map<string, MapDatastore['type']>([
  ['VmfsDatastoreInfo', 'VMFS'],
  ['NasDatastoreInfo', 'NFS'],
  ['VsanDatastoreInfo', 'vsan'],
  ['VvolDatastoreInfo', 'VVOL'],
  ['PMemDatastoreInfo', 'PMEM'],
  ['LocalDatastoreInfo', 'LOCAL'],
]);

const typeOf = (summaryType: string | null, info: XmlElement | null): MapDatastore['type'] =>
  summaryTypes.get(summaryType ?? '') ?? infoTypes.get(info?.type ?? '') ?? 'OTHER';

const cleanOrNull = (text: string | null, max: number): string | null =>
  text === null || text === '' ? null : clean(text, max);
