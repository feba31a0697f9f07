/** Whether two host names may be the same host: the same, or one of them is the short form of the other. */
export function mayBeSameHost(one: string, other: string): boolean {
  const [a, b] = [one.toLowerCase(), other.toLowerCase()];
  return a === b || ((!a.includes('.') || !b.includes('.')) && shortName(a) === shortName(b));
}

export const shortName = (name: string): string => name.toLowerCase().split('.')[0] ?? '';

/** An address is no name: nobody can tell whose it is. */
export const isHostName = (name: string): boolean =>
  /^[a-z0-9._-]+$/i.test(name) && !/^[0-9.]+$/.test(name) && shortName(name) !== 'localhost';

/**
 * The one entry that means the host with these names. `ambiguous` = two entries may mean it, or the entry may mean
 * another host of the fleet as well: nobody guesses.
 * @param namesakes names of the other hosts of the fleet that share its short name
 */
export function entryOf<E extends { entry: { hostName: string } }>(
  names: readonly string[],
  entries: readonly E[],
  namesakes: readonly string[],
): E | 'none' | 'ambiguous' {
  const meant = entries.filter(({ entry }) => names.some((name) => mayBeSameHost(name, entry.hostName)));
  const exact = meant.filter(({ entry }) => names.includes(entry.hostName.toLowerCase()));
  const [one, ...others] = exact.length > 0 ? exact : meant;
  if (one === undefined) return 'none';
  const isShared = namesakes.some((name) => mayBeSameHost(name, one.entry.hostName));
  return others.length > 0 || isShared ? 'ambiguous' : one;
}
