import type { MapLun } from '@lunwarden/contract';
import type { PlacedDatastore } from '../map/datastore.js';
import type { PlacedHost } from '../map/host.js';

export interface Estate {
  readonly hosts: readonly PlacedHost[];
  readonly datastores: readonly PlacedDatastore[];
}

/**
 * Whom to ask for LUNs next; empty when nobody is left who could tell more. All hosts of a cluster mostly see the same
 * LUNs, and each costs up to a megabyte.
 * @param asked hosts that were asked before; @param luns what they told.
 */
export function hostsForLuns(
  { hosts, datastores }: Estate,
  luns: readonly MapLun[],
  asked: ReadonlySet<string>,
): string[] {
  const connected = hosts.filter(({ value }) => value.connectionState === 'connected');
  if (asked.size === 0) {
    const first = new Map(connected.map(({ value, parent }) => [parent?.id ?? value.id, value.id]));
    return [...first.values()];
  }
  const reachable = new Set(connected.map(({ value }) => value.id).filter((id) => !asked.has(id)));
  const told = new Set(luns.map(({ canonicalName }) => canonicalName));
  const next = new Set<string>();
  for (const { value } of datastores) {
    if (value.extents.every(({ diskName }) => told.has(diskName))) continue;
    const mounts = value.hosts.map(({ host }) => host);
    // A local disk: every host has one, and asking all of them is what this avoids.
    if (mounts.length < 2) continue;
    if (mounts.some((host) => next.has(host))) continue;
    const host = mounts.find((id) => reachable.has(id));
    if (host !== undefined) next.add(host);
  }
  return [...next];
}
