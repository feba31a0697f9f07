/**
 * SQL: an order in which everybody gets a turn. Where more hosts wait than are taken at once, those behind the last one that
 * was taken come first, and then it begins anew: whoever waits again and again, such as one that cannot be judged, keeps
 * nobody else waiting.
 * @param column of host ids @param last parameter: the last host that was taken; NULL = nobody was
 */
export const inTurn = (column: string, last: string): string =>
  `(${last}::uuid IS NULL OR ${column} > ${last}::uuid) DESC, ${column}`;

/** The last of these hosts in that order, whatever order they stand in here; `last` if there is none. */
export function lastOf(hostIds: readonly string[], last: string | null): string | null {
  const begunAnew = hostIds.filter((hostId) => last !== null && hostId <= last);
  const [first = last, ...others] = begunAnew.length > 0 ? begunAnew : hostIds;
  return others.reduce((most, hostId) => (most === null || hostId > most ? hostId : most), first);
}
