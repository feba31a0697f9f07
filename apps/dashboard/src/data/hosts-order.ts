import { type HostSummary, levels, patchExposures } from '@lunwarden/contract';

type Key = (host: HostSummary) => number | string;

// What nobody knows sorts with the worst: it must not hide at the end of a list.
const unknownIsWorst = (count: number | null) => count ?? Number.POSITIVE_INFINITY;
const instant = (at: string | null) => (at === null ? 0 : Date.parse(at));

const keys = {
  // A score is at most 100, so it only orders hosts of one level.
  level: (host) => (levels.length - levels.indexOf(host.level)) * 1_000 + host.score,
  score: (host) => host.score,
  hostname: (host) => host.hostname.toLowerCase(),
  os: (host) => host.os.toLowerCase(),
  mode: (host) => host.mode,
  automount: (host) => host.automount,
  san: (host) => host.sanPolicy,
  luns: (host) => unknownIsWorst(host.writableLuns),
  vms: (host) => host.vms,
  patch: (host) => patchExposures.indexOf(host.patch),
  report: (host) => instant(host.lastReportAt),
} satisfies Record<string, Key>;
export type SortKey = keyof typeof keys;

export type Order = { key: SortKey; isDescending: boolean };
/** By level, then by score: an `unknown` 100 is no worse than a proven `critical` 89. */
export const worstFirst: Order = { key: 'level', isDescending: true };

export function orderOf(sort: string | undefined): Order {
  const isDescending = sort?.startsWith('-') ?? false;
  const name = isDescending ? sort?.slice(1) : sort;
  return name !== undefined && isSortKey(name) ? { key: name, isDescending } : worstFirst;
}

export const sortText = ({ key, isDescending }: Order): string => `${isDescending ? '-' : ''}${key}`;

/** A second click turns the order round. Text starts at A, everything else at the worst. */
export function nextOrder(now: Order, key: SortKey): Order {
  if (now.key === key) return { key, isDescending: !now.isDescending };
  return { key, isDescending: !['hostname', 'os', 'mode', 'automount', 'san', 'report'].includes(key) };
}

/** Sorted copy; hosts that are equal in it stand in the order of their names, so that live updates do not shuffle. */
export function sorted(hosts: readonly HostSummary[], { key, isDescending }: Order): HostSummary[] {
  const of = keys[key];
  const sign = isDescending ? -1 : 1;
  return [...hosts].sort(
    (a, b) => sign * compare(of(a), of(b)) || compare(a.hostname, b.hostname) || compare(a.hostId, b.hostId),
  );
}

const compare = (a: number | string, b: number | string): number => (a === b ? 0 : a < b ? -1 : 1);
const isSortKey = (name: string): name is SortKey => Object.hasOwn(keys, name);
