import { LevelSchema, LunState, MapDatastore, StorageQuery } from '@lunwarden/contract';
import { z } from 'zod';
import type { Sight } from './storage.js';

export const storageViews = ['datastores', 'orphans', 'copies'] as const;

/** All view state of the storage screen. Whatever else a URL brings is dropped. */
export const StorageSearch = z.object({
  view: z.enum(storageViews).optional().catch(undefined),
  q: StorageQuery.shape.q.catch(undefined),
  vcenter: StorageQuery.shape.vcenter.catch(undefined),
  type: MapDatastore.shape.type.optional().catch(undefined),
  seen: StorageQuery.shape.seen.catch(undefined),
  /** What some proxy may do to one of its LUNs, and the level of some proxy that sees it: as both are at this moment. */
  state: LunState.optional().catch(undefined),
  level: LevelSchema.optional().catch(undefined),
});
export type StorageSearch = z.infer<typeof StorageSearch>;

/** What the server is asked for; a view is no filter. */
export function filterOf({ q, vcenter, type, seen }: StorageSearch): Record<string, string> {
  const filter: Record<string, string> = {};
  for (const [name, value] of Object.entries({ q, vcenter, type, seen })) if (value) filter[name] = value;
  return filter;
}

/** Whether the page itself filters: states and levels change by the clock, of which the server's answer knows nothing. */
export const filtersSights = ({ state, level }: StorageSearch): boolean => state !== undefined || level !== undefined;

export const isFiltered = (search: StorageSearch): boolean =>
  filtersSights(search) || Object.keys(filterOf(search)).length > 0;

/** One proxy must fit both: a critical host, and a LUN that is writable from it. */
export const matchesSights = ({ state, level }: StorageSearch, sights: readonly Sight[]): boolean =>
  (state === undefined && level === undefined) ||
  sights.some(
    (sight) => (state === undefined || sight.state === state) && (level === undefined || sight.host.level === level),
  );
