import { routes } from '@lunwarden/contract';
import { fleetOf } from '@lunwarden/live';
import { queryOptions } from '@tanstack/react-query';
import { ask } from './api.js';
import { fleetKey, gapsKey, hostKey, hostVmsKey, tokensKey, trendKey, weeklyKey, welcomeKey } from './keys.js';
import type { ServerClock } from './server-clock.js';

export const trendWeeks = ['8', '26', '52'] as const;
export type TrendWeeks = (typeof trendWeeks)[number];

export const welcomeQuery = queryOptions({
  queryKey: welcomeKey,
  queryFn: ({ signal }) => ask(routes.welcome, routes.welcome.answers[200], { signal }),
});

/** The whole fleet. The live feed keeps it up to date; this is asked at first and after a gap. */
export const fleetQuery = (clock: ServerClock) =>
  queryOptions({
    queryKey: fleetKey,
    queryFn: async ({ signal }) => {
      const snapshot = await ask(routes.fleet, routes.fleet.answers[200], { signal });
      clock.tell(snapshot.asOf);
      return fleetOf(snapshot);
    },
    // A Fleet is made of Maps and never mutated: comparing it deeply would cost and find nothing.
    structuralSharing: false,
    staleTime: Number.POSITIVE_INFINITY,
  });

export const trendQuery = (weeks: TrendWeeks) =>
  queryOptions({
    queryKey: trendKey(weeks),
    queryFn: ({ signal }) => ask(routes.trend, routes.trend.answers[200], { query: { weeks }, signal }),
    staleTime: 10 * 60_000,
  });

export const hostQuery = (id: string) =>
  queryOptions({
    queryKey: hostKey(id),
    queryFn: ({ signal }) => ask(routes.host, routes.host.answers[200], { params: { id }, signal }),
  });

export const hostVmsQuery = (id: string) =>
  queryOptions({
    queryKey: hostVmsKey(id),
    queryFn: ({ signal }) => ask(routes.hostVms, routes.hostVms.answers[200], { params: { id }, signal }),
  });

export const weeklyListQuery = queryOptions({
  queryKey: weeklyKey,
  queryFn: ({ signal }) => ask(routes.listWeekly, routes.listWeekly.answers[200], { signal }),
});

export const gapsQuery = (id: string) =>
  queryOptions({
    queryKey: gapsKey(id),
    queryFn: ({ signal }) => ask(routes.vcenterGaps, routes.vcenterGaps.answers[200], { params: { id }, signal }),
  });

export const tokensQuery = queryOptions({
  queryKey: tokensKey,
  queryFn: ({ signal }) => ask(routes.listEnrollTokens, routes.listEnrollTokens.answers[200], { signal }),
});
