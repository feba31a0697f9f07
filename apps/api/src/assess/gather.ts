import type { Facts, FeedView } from '@lunwarden/risk';
import type { ReportInForce, Tx } from '@lunwarden/store';
import type { ReportedFacts } from '../feeds/host-feeds.js';
import { withInventory } from './inventory/gather-inventory.js';
import { lunKeysOf } from './lun-keys.js';
import type { MapIndex } from './map-index.js';

/** What the feeds say of hosts that have reported. */
export type FeedsOf = (hosts: ReadonlyMap<string, ReportedFacts>) => Promise<ReadonlyMap<string, FeedView>>;

export type HostName = { hostname: string; platform: 'windows' | 'linux' };

/** All that is known about one host, from the report in force (undefined = it never reported) and the maps. */
export function factsOf(hostId: string, host: HostName, inForce: ReportInForce | undefined, maps: MapIndex): Facts {
  const keys = inForce === undefined ? [] : [...lunKeysOf(inForce.report.facts), ...lunKeysOf(inForce.remembered)];
  return {
    hostId,
    ...host,
    report:
      inForce === undefined
        ? null
        : {
            facts: inForce.report.facts,
            remembered: inForce.remembered,
            observedAt: inForce.observedAt,
            receivedAt: inForce.receivedAt,
          },
    lastSeenAt: inForce?.lastSeenAt ?? null,
    identityConflict: inForce?.identityConflict ?? false,
    map: maps.viewOf(keys),
  };
}

/** Facts of many hosts; reports that the caller holds already are not read again. Retired hosts are left out. */
export async function gather(
  tx: Tx,
  maps: MapIndex,
  hostIds: readonly string[],
  held: ReadonlyMap<string, ReportInForce> = new Map(),
  feeds: FeedsOf = async () => new Map(),
): Promise<Facts[]> {
  const hosts = await tx.fleet.hosts(hostIds);
  const missing = hostIds.filter((hostId) => !held.has(hostId));
  const read = missing.length === 0 ? held : new Map([...held, ...(await tx.reports.inForce(missing))]);
  const reported = [...hosts.keys()].flatMap((hostId) => {
    const inForce = read.get(hostId);
    return inForce === undefined
      ? []
      : [[hostId, { facts: inForce.report.facts, remembered: inForce.remembered }] as const];
  });
  const views = await feeds(new Map(reported));
  const facts = [...hosts].map(([hostId, host]) => ({
    ...factsOf(hostId, host, read.get(hostId), maps),
    ...(views.has(hostId) ? { feeds: views.get(hostId) } : {}),
  }));
  return withInventory(tx, maps.inventory, facts);
}
