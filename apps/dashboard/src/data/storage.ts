import {
  type HostSummary,
  type LunSight,
  type LunState,
  routes,
  type StorageHost,
  type StoragePage,
} from '@lunwarden/contract';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { ask } from './api.js';

/** Maps come every quarter of an hour and reports every few minutes: a minute is soon enough for who watches. */
const refetchInterval = 60_000;

export const storageQuery = (filter: Record<string, string>) =>
  infiniteQueryOptions({
    queryKey: ['storage', 'page', filter],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      ask(routes.storage, routes.storage.answers[200], {
        query: { ...filter, limit: '200', ...(pageParam === '' ? {} : { after: pageParam }) },
        signal,
      }),
    getNextPageParam: (page: StoragePage) => page.next ?? undefined,
    refetchInterval,
  });

export const datastoreQuery = (id: string) =>
  queryOptions({
    queryKey: ['storage', 'datastore', id],
    queryFn: ({ signal }) =>
      ask(routes.storageDatastore, routes.storageDatastore.answers[200], { params: { id }, signal }),
    refetchInterval,
  });

export const orphansQuery = queryOptions({
  queryKey: ['storage', 'orphans'],
  queryFn: ({ signal }) => ask(routes.storageOrphans, routes.storageOrphans.answers[200], { signal }),
  refetchInterval,
});

export const copiesQuery = queryOptions({
  queryKey: ['storage', 'copies'],
  queryFn: ({ signal }) => ask(routes.storageCopies, routes.storageCopies.answers[200], { signal }),
  refetchInterval,
});

/** A proxy beside a LUN, as it may be read at this moment. */
export type Sight = { host: StorageHost; state: LunState };

/**
 * Joins sights with the hosts of the live fleet: what was read a while ago must not look better than what came since.
 * Good states of a host that is not heard of any more are unknown; a LUN that was open to writes stays so (R5).
 */
export function sightsOf(
  sights: readonly LunSight[],
  told: ReadonlyMap<string, StorageHost>,
  live: ReadonlyMap<string, HostSummary>,
): Sight[] {
  return sights.flatMap(({ hostId, state }) => {
    const host = live.get(hostId) ?? told.get(hostId);
    if (host === undefined) return [];
    const isHeard = host.state === 'reporting' || host.state === 'silent';
    return [{ host, state: isHeard || state === 'online-writable' ? state : 'unknown' }];
  });
}

export const byHostId = <H extends { hostId: string }>(hosts: readonly H[]): Map<string, H> =>
  new Map(hosts.map((host) => [host.hostId, host]));
