import { type HostFacts, type SanPolicy, valueOr } from '@lunwarden/contract';

type Automount = 'enabled' | 'disabled';

/** How many hosts of the fleet are set alike; null = nobody knows how they are set now. */
export type GuardCount = Guards & { hosts: number };
export type Guards = { sanPolicy: SanPolicy | null; automount: Automount | null };

/** How most of `count` other proxies are set; null = there is no most. */
export type Peers = { count: number; sanPolicy: SanPolicy | null; automount: Automount | null };

/** How this host is set; null = it is none that has such guards. */
export const guardsOf = (facts: HostFacts): Guards | null =>
  facts.platform === 'windows'
    ? { sanPolicy: valueOr(facts.sanPolicy, null), automount: valueOr(facts.automount, null) }
    : null;

/** Fewer hosts than these have no custom. */
export const fewPeers = 3;

/**
 * The custom of the fleet without the host itself; `own` null = the host is not counted. Most = more than half of the others, those included of which nobody
 * knows how they are set: where these could turn it, nobody knows what most do, and the answer is undefined.
 */
export function peersOf(counts: readonly GuardCount[], own: Guards | null): Peers | undefined {
  const count = counts.reduce((sum, { hosts }) => sum + hosts, 0) - (own === null ? 0 : 1);
  if (count < fewPeers) return { count: Math.max(0, count), sanPolicy: null, automount: null };
  const sanPolicy = mostOf(counts, ({ sanPolicy: value }) => value, {
    count,
    own: own?.sanPolicy,
  });
  const automount = mostOf(counts, ({ automount: value }) => value, {
    count,
    own: own?.automount,
  });
  return sanPolicy === undefined || automount === undefined ? undefined : { count, sanPolicy, automount };
}

/** `own` is how the host itself was counted; undefined = it was not. */
function mostOf<T extends string>(
  counts: readonly GuardCount[],
  of: (count: GuardCount) => T | null,
  { count, own }: { count: number; own: T | null | undefined },
): T | null | undefined {
  const tally = new Map<T | null, number>();
  for (const one of counts) tally.set(of(one), (tally.get(of(one)) ?? 0) + one.hosts);
  if (own !== undefined) tally.set(own, Math.max(0, (tally.get(own) ?? 0) - 1));
  const unknown = tally.get(null) ?? 0;
  let [most, hosts]: [T | null, number] = [null, 0];
  for (const [value, times] of tally) if (value !== null && times > hosts) [most, hosts] = [value, times];
  if (hosts * 2 > count) return most;
  return (hosts + unknown) * 2 > count ? undefined : null;
}
