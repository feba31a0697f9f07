import type { MapHostPaths, MapLun } from '@lunwarden/contract';
import { nameLuns, pathTopologyPath } from '../map/path-state.js';
import type { Session } from '../session.js';
import type { Restarts } from './restarts.js';
import { retrieveProperties } from './retrieve-properties.js';

type Asking = { readonly session: Session; readonly restarts: Restarts };

// Half a megabyte a host of 400 LUNs: a fabric that failed shows dead paths on all of them.
const hostsAtMost = 50;
const hostsAPage = 5;

/** Names the LUNs of paths that carry nothing. A host that does not tell leaves its paths without one: that is no gap. */
export async function namePaths(
  { session, restarts }: Asking,
  { paths, luns }: { paths: readonly MapHostPaths[]; luns: readonly MapLun[] },
): Promise<MapHostPaths[]> {
  const idle = paths.filter(({ notWorking }) => notWorking.length > 0).slice(0, hostsAtMost);
  if (idle.length === 0) return [...paths];
  const objects = idle.map(({ host }) => ({ kind: 'HostSystem', id: host }));
  const query = { type: 'HostSystem', paths: [pathTopologyPath], from: { objects }, pageSize: hostsAPage };
  const named = await restarts.run(`HostSystem ${pathTopologyPath}`, async () => {
    const own = new Map(paths.map((one) => [one.host, one]));
    // Named at once: the topologies of all of them would fill the memory.
    await retrieveProperties(session, query, ({ ref, values }) => {
      const told = own.get(ref.id);
      if (told !== undefined) own.set(ref.id, nameLuns(told, values.get(pathTopologyPath) ?? null, luns));
    });
    return own;
  });
  return [...named.values()];
}
