import { MapDatastore, StorageQuery } from '@lunwarden/contract';
import { z } from 'zod';

export const storageViews = ['datastores', 'orphans', 'copies'] as const;

/** All view state of the storage screen. Whatever else a URL brings is dropped. */
export const StorageSearch = z.object({
  view: z.enum(storageViews).optional().catch(undefined),
  q: StorageQuery.shape.q.catch(undefined),
  vcenter: StorageQuery.shape.vcenter.catch(undefined),
  type: MapDatastore.shape.type.optional().catch(undefined),
  seen: StorageQuery.shape.seen.catch(undefined),
});
export type StorageSearch = z.infer<typeof StorageSearch>;

/** What the server is asked for; a view is no filter. */
export function filterOf({ q, vcenter, type, seen }: StorageSearch): Record<string, string> {
  const filter: Record<string, string> = {};
  for (const [name, value] of Object.entries({ q, vcenter, type, seen })) if (value) filter[name] = value;
  return filter;
}
