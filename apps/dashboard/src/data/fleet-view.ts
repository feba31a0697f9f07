import { type FleetSnapshot, gapsOfPicture, type HostSummary, type VcenterStatus } from '@lunwarden/contract';
import type { Fleet } from '@lunwarden/live';
import { expireSummary } from '@lunwarden/risk';
import { useQuery } from '@tanstack/react-query';
import { use, useMemo } from 'react';
import { DataContext } from './context.js';
import { fleetQuery } from './queries.js';
import { useExpiryClock } from './use-expiry-clock.js';

/** The fleet as it may be read now. */
export type FleetView = {
  seq: number;
  hosts: readonly HostSummary[];
  vcenters: readonly VcenterStatus[];
  vmsAtRisk: FleetSnapshot['vmsAtRisk'];
  /** What keeps the picture from being whole, one sentence each. */
  gaps: readonly string[];
};

/** `now` in ms since 1970. */
export function viewAt(fleet: Fleet, now: number): FleetView {
  const at = new Date(now).toISOString();
  const hosts = [...fleet.hosts.values()].map((host) => expireSummary(host, at));
  const hasExpired = hosts.some(({ hostId, level }) => level !== fleet.hosts.get(hostId)?.level);
  const { count, isComplete } = fleet.vmsAtRisk;
  const picture = {
    hosts,
    vcenters: [...fleet.vcenters.values()],
    // Which machines are behind an expired host is not known here: the server's count is a lower bound from now on.
    vmsAtRisk: { count, isComplete: isComplete && !hasExpired },
  };
  return { seq: fleet.seq, ...picture, gaps: gapsOfPicture(picture, at) };
}

const noHosts: ReadonlyMap<string, HostSummary> = new Map();

/** The fleet query, greyed by the page's own timer: a dead socket keeps nothing green. */
export function useFleetView() {
  const { clock, live } = use(DataContext);
  const query = useQuery({
    ...fleetQuery(clock),
    refetchInterval: () => (live.state().link === 'live' ? false : 30_000),
  });
  const fleet = query.data;
  const hosts = fleet?.hosts ?? noHosts;
  const lookedAt = useExpiryClock(useMemo(() => [...hosts.values()], [hosts]));
  const data = useMemo(
    () => (fleet === undefined ? undefined : viewAt(fleet, Math.max(lookedAt, clock.now()))),
    [fleet, lookedAt, clock],
  );
  return { ...query, data };
}
