import {
  type ChangeWindowRequest,
  type GateAsks,
  type GateOverrideRequest,
  type HostGate,
  routes,
  type WindowGates,
} from '@lunwarden/contract';
import {
  infiniteQueryOptions,
  queryOptions,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { use, useEffect, useMemo } from 'react';
import { ask, tell } from './api.js';
import { DataContext } from './context.js';
import { gateKey, hostGateKey, hostKey, overridesKey, windowsKey } from './keys.js';
import { useExpiryClock } from './use-expiry-clock.js';

export const windowsQuery = queryOptions({
  queryKey: windowsKey,
  queryFn: ({ signal }) => ask(routes.listWindows, routes.listWindows.answers[200], { signal }),
});

/** How often a page that is looked at has every host of its window judged again. */
const judgeAgainMs = 30_000;

const gateQuery = (windowId: string, asks: GateAsks) =>
  infiniteQueryOptions({
    queryKey: gateKey(windowId, asks),
    queryFn: ({ pageParam, signal }): Promise<WindowGates> =>
      ask(routes.windowGate, routes.windowGate.answers[200], {
        params: { id: windowId },
        query: pageParam === null ? { asks } : { asks, after: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    refetchInterval: judgeAgainMs,
  });

const ranOut = {
  code: 'verdict-ran-out',
  effect: 'unknown',
  text: 'This verdict has run out, and the server has not judged the host again yet.',
} as const;

/** What may be read of a gate at `now` (ms since 1970): after `validUntil` it says nothing, least of all go. */
export function gateAt(gate: HostGate, now: number): HostGate {
  if (Date.parse(gate.validUntil) > now) return gate;
  // What forbids does not become weaker by growing old.
  if (gate.verdict === 'no-go') return { ...gate, reasons: [...gate.reasons, ranOut] };
  return { ...gate, verdict: 'unknown', reasons: [ranOut, ...gate.reasons] };
}

/** Every host of a window, page by page, and greyed by the page's own timer. */
export function useWindowGate(windowId: string, asks: GateAsks) {
  const { clock } = use(DataContext);
  const query = useInfiniteQuery(gateQuery(windowId, asks));
  const { hasNextPage, isFetching, fetchNextPage, error } = query;
  useEffect(() => {
    if (hasNextPage && !isFetching && error === null) void fetchNextPage();
  }, [hasNextPage, isFetching, fetchNextPage, error]);
  const pages = query.data?.pages;
  const gates = useMemo(() => (pages ?? []).flatMap(({ hosts }) => hosts), [pages]);
  const lookedAt = useExpiryClock(gates);
  const data = useMemo(() => {
    const [first] = pages ?? [];
    if (first === undefined) return undefined;
    const now = Math.max(lookedAt, clock.now());
    // The oldest page says how old the whole is.
    return { window: first.window, evaluatedAt: first.evaluatedAt, hosts: gates.map((gate) => gateAt(gate, now)) };
  }, [pages, gates, lookedAt, clock]);
  return { ...query, data, isWhole: !hasNextPage };
}
export type WindowView = NonNullable<ReturnType<typeof useWindowGate>['data']>;

const hostGateQuery = (hostId: string, windowId: string, asks: GateAsks) =>
  queryOptions({
    queryKey: hostGateKey(hostId, windowId, asks),
    queryFn: ({ signal }) =>
      ask(routes.hostGate, routes.hostGate.answers[200], {
        params: { id: hostId },
        query: { window: windowId, asks },
        signal,
      }),
    refetchInterval: judgeAgainMs,
  });

/** The gate of one host in one window, greyed by the page's own timer. */
export function useHostGate(hostId: string, windowId: string, asks: GateAsks) {
  const { clock } = use(DataContext);
  const query = useQuery(hostGateQuery(hostId, windowId, asks));
  const told = query.data;
  const lookedAt = useExpiryClock(useMemo(() => (told === undefined ? [] : [told]), [told]));
  const data = useMemo(
    () => (told === undefined ? undefined : gateAt(told, Math.max(lookedAt, clock.now()))),
    [told, lookedAt, clock],
  );
  return { ...query, data };
}

/** Who takes which risk against the gate, over the whole fleet. */
export const overridesQuery = queryOptions({
  queryKey: overridesKey,
  queryFn: ({ signal }) => ask(routes.listOverrides, routes.listOverrides.answers[200], { signal }),
  refetchInterval: judgeAgainMs,
});

export function useWindowActions() {
  const cache = useQueryClient();
  const onSuccess = () => cache.invalidateQueries({ queryKey: windowsKey });
  const create = useMutation({
    mutationFn: (body: ChangeWindowRequest) => ask(routes.createWindow, routes.createWindow.answers[201], { body }),
    onSuccess,
  });
  const remove = useMutation({
    mutationFn: (id: string) => tell(routes.removeWindow, { params: { id } }),
    onSuccess,
  });
  return { create, remove };
}

/** What is asked or agreed of one host shows in its gate and in the list of overrides, so those are asked again. */
export function useGateActions() {
  const cache = useQueryClient();
  // Also after a refusal: most likely somebody else was faster, and the page shows what was before.
  const onSettled = () =>
    Promise.all([gateKey(), hostKey(), overridesKey].map((queryKey) => cache.invalidateQueries({ queryKey })));
  const preflight = useMutation({
    mutationFn: (id: string) => ask(routes.requestPreflight, routes.requestPreflight.answers[201], { params: { id } }),
    onSettled,
  });
  const override = useMutation({
    mutationFn: (body: GateOverrideRequest) =>
      ask(routes.requestOverride, routes.requestOverride.answers[201], { body }),
    onSettled,
  });
  const approve = useMutation({
    mutationFn: (id: string) => ask(routes.approveOverride, routes.approveOverride.answers[200], { params: { id } }),
    onSettled,
  });
  const revoke = useMutation({
    mutationFn: (id: string) => ask(routes.revokeOverride, routes.revokeOverride.answers[200], { params: { id } }),
    onSettled,
  });
  return { preflight, override, approve, revoke };
}
