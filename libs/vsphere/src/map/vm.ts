import { type MapSnapshot, MapVm } from '@lunwarden/contract';
import type { GapList } from '../collect/gap-list.js';
import type { ObjectContent } from '../collect/object-content.js';
import { children, refOf } from '../soap/xml-element.js';
import { clean, unescapeName } from './clean-text.js';
import { Fields } from './fields.js';
import { folderOf } from './home.js';
import { readSnapshots } from './snapshot.js';

/** Asked of every VM, every time. */
export const vmPaths = [
  'name',
  'runtime.host',
  'datastore',
  'config.changeVersion',
  'config.instanceUuid',
  'config.uuid',
  'config.template',
  'config.files.vmPathName',
  'snapshot',
  // Some 100 bytes a VM before gzip; no change of it shows in config.changeVersion, so that it has to be asked every time.
  'runtime.consolidationNeeded',
] as const;

/** A VM and the folder of its configuration file, e.g. `[datastore1] vm-7`. */
export interface PlacedVm {
  readonly home: string | null;
  readonly value: MapVm;
  readonly snapshots: readonly MapSnapshot[];
  readonly needsConsolidation: boolean;
}

export function readVm(object: ObjectContent, gaps: GapList): PlacedVm | null {
  const fields = new Fields(object, gaps);
  // All of `config` is unset for a VM whose files cannot be reached.
  const optional = (path: string, max: number): string | null => {
    const text = fields.text(path);
    return text === null || text === '' ? null : clean(text, max);
  };
  const datastores = children(fields.element('datastore'), 'ManagedObjectReference').flatMap((one) => {
    const ref = refOf(one);
    return ref === null ? [] : [ref.id];
  });
  const parsed = MapVm.safeParse({
    id: object.ref.id,
    name: clean(unescapeName(fields.requiredText('name') ?? object.ref.id), 256),
    host: fields.ref('runtime.host')?.id ?? null,
    datastores: [...new Set(datastores)],
    instanceUuid: optional('config.instanceUuid', 64),
    biosUuid: optional('config.uuid', 64),
    isTemplate: fields.flag('config.template'),
    changeVersion: optional('config.changeVersion', 128),
  });
  if (parsed.success)
    return {
      home: folderOf(fields.text('config.files.vmPathName')),
      value: parsed.data,
      snapshots: readSnapshots(object.ref.id, fields.element('snapshot')),
      // Unset for a VM whose files cannot be reached.
      needsConsolidation: fields.flag('runtime.consolidationNeeded'),
    };
  fields.gap('*', `does not fit: ${parsed.error.issues[0]?.path.join('.') ?? ''}`);
  return null;
}
