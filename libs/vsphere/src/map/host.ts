import { MapHost } from '@lunwarden/contract';
import type { GapList } from '../collect/gap-list.js';
import type { ObjectContent } from '../collect/object-content.js';
import type { Ref } from '../soap/xml-element.js';
import { clean, unescapeName } from './clean-text.js';
import { Fields, isTrue } from './fields.js';

/** Asked of every host, every time: nothing that grows with its number of LUNs. */
export const hostPaths = [
  'name',
  'parent',
  'runtime.connectionState',
  'runtime.inMaintenanceMode',
  'summary.config.product.version',
  'summary.config.product.build',
  'summary.hardware.uuid',
] as const;

/** A host whose cluster and datacenter are not resolved yet. */
export interface PlacedHost {
  readonly parent: Ref | null;
  readonly value: MapHost;
}

export function readHost(object: ObjectContent, gaps: GapList): PlacedHost | null {
  const fields = new Fields(object, gaps);
  const optional = (path: string, max: number): string | null => {
    const text = fields.text(path);
    return text === null || text === '' ? null : clean(text, max);
  };
  const parsed = MapHost.safeParse({
    id: object.ref.id,
    name: clean(unescapeName(fields.requiredText('name') ?? object.ref.id), 256),
    cluster: null,
    datacenter: null,
    // A host that does not tell is not to be counted on.
    connectionState: fields.requiredText('runtime.connectionState') ?? 'notResponding',
    inMaintenanceMode: isTrue(fields.requiredText('runtime.inMaintenanceMode')),
    // Unset for a host that was never connected.
    version: optional('summary.config.product.version', 32),
    build: optional('summary.config.product.build', 32),
    hardwareUuid: optional('summary.hardware.uuid', 64),
  });
  if (parsed.success) return { parent: fields.ref('parent'), value: parsed.data };
  fields.gap('*', `does not fit: ${parsed.error.issues[0]?.path.join('.') ?? ''}`);
  return null;
}
