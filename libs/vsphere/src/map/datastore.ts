import { keysOfEsxName, MapDatastore } from '@lunwarden/contract';
import type { GapList } from '../collect/gap-list.js';
import type { ObjectContent } from '../collect/object-content.js';
import type { Projection } from '../soap/answer-reader.js';
import { child, children, type Ref, refOf, textOf, type XmlElement } from '../soap/xml-element.js';
import { clean, unescapeName } from './clean-text.js';
import { decimalOrNull, Fields, isMoref, isTrue } from './fields.js';

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

/** A mount tells 300 bytes more than these, and there is one for each host and datastore. */
export const datastoreParts: Projection = new Map([
  ['DatastoreHostMount', new Set(['key', 'mountInfo'])],
  ['mountInfo', new Set(['mounted', 'accessible'])],
  ['vmfs', new Set(['uuid', 'extent'])],
]);

/** A datastore whose place in the inventory is not resolved yet; `value.path` is its bare name. */
export interface PlacedDatastore {
  readonly parent: Ref | null;
  readonly escapedName: string;
  readonly value: MapDatastore;
}

// Mounts are all but a few hundredths of the rows and morefs and flags alone: they are checked as they are made.
const DatastoreAlone = MapDatastore.omit({ hosts: true });
const mostHosts = 4096;

export function readDatastore(object: ObjectContent, gaps: GapList): PlacedDatastore | null {
  const fields = new Fields(object, gaps);
  const info = fields.required('info');
  const escapedName = fields.requiredText('name') ?? object.ref.id;
  const accessible = isTrue(fields.requiredText('summary.accessible'));
  const parsed = DatastoreAlone.safeParse({
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
  });
  // Unset when no host mounts it any more.
  const hosts = mountsOf(fields.element('host'));
  const isFit = hosts.length <= mostHosts && hosts.every(({ host }) => isMoref(host));
  if (parsed.success && isFit) return { parent: fields.ref('parent'), escapedName, value: { ...parsed.data, hosts } };
  fields.gap('*', `does not fit: ${parsed.error?.issues[0]?.path.join('.') ?? 'hosts'}`);
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

function mountsOf(host: XmlElement | null): MapDatastore['hosts'] {
  const mounts: MapDatastore['hosts'] = [];
  for (const mount of host?.children ?? []) {
    const ref = refOf(child(mount, 'key'));
    if (ref === null) continue;
    const info = child(mount, 'mountInfo');
    // Unset means mounted (HostMountInfo.mounted); for `accessible` the cautious reading is the same.
    const claim = (name: string) => isTrue(textOf(info, name) ?? 'true');
    mounts.push({ host: ref.id, mounted: claim('mounted'), accessible: claim('accessible') });
  }
  return mounts;
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
