import { type HostSummary, levels, patchExposures, transportModes } from '@lunwarden/contract';
import { z } from 'zod';

/** Filters that hold a list of words, comma-separated in the URL, and the words that each may hold. */
export const filterWords = {
  level: levels,
  mode: [...transportModes, 'unknown'],
  patch: patchExposures,
  automount: ['enabled', 'disabled', 'unknown', 'not-applicable'],
  san: ['OnlineAll', 'OfflineShared', 'OfflineAll', 'OfflineInternal', 'unknown', 'not-applicable'],
  state: ['reporting', 'silent', 'stale', 'never-reported', 'identity-conflict'],
} as const satisfies Record<string, readonly string[]>;
export type Filter = keyof typeof filterWords;

const wordOf: Record<Filter, (host: HostSummary) => string> = {
  level: (host) => host.level,
  mode: (host) => host.mode,
  patch: (host) => host.patch,
  automount: (host) => host.automount,
  san: (host) => host.sanPolicy,
  state: (host) => host.state,
};

const words = z.string().max(500).optional().catch(undefined);

/** All view state of the host list. Whatever else a URL brings is dropped. */
export const HostsSearch = z.object({
  level: words,
  mode: words,
  patch: words,
  automount: words,
  san: words,
  state: words,
  /** Datastore id: hosts that reach it. */
  ds: words,
  /** `yes`: VMFS LUNs online and writable, or nobody knows. */
  writable: words,
  q: words,
  /** Column, descending with `-` in front. */
  sort: words,
});
export type HostsSearch = z.infer<typeof HostsSearch>;

export const selected = (text: string | undefined): string[] => (text ?? '').split(',').filter((word) => word !== '');

/** Adds or removes one word of a filter; an empty filter leaves the URL. */
export function toggled(search: HostsSearch, filter: Filter, word: string): HostsSearch {
  const now = selected(search[filter]);
  const next = now.includes(word) ? now.filter((other) => other !== word) : [...now, word];
  return { ...search, [filter]: next.length === 0 ? undefined : next.join(',') };
}

const filterNames = Object.keys(filterWords).filter((name): name is Filter => name in filterWords);

/** Whether anything narrows the list. What else a URL carries, e.g. a mail tracker's mark, is no filter. */
export const hasFilter = (search: HostsSearch): boolean =>
  [...filterNames, 'ds' as const, 'writable' as const, 'q' as const].some((name) => Boolean(search[name]));

export function matches(host: HostSummary, search: HostsSearch): boolean {
  const isListed = (filter: Filter) => {
    const list = selected(search[filter]);
    return list.length === 0 || list.includes(wordOf[filter](host));
  };
  return (
    filterNames.every(isListed) &&
    (!search.ds || host.datastoreIds.includes(search.ds)) &&
    (!search.writable || host.writableLuns !== 0) &&
    containsAll(host, search.q)
  );
}

/** Every word of the query occurs somewhere in what the row says. */
function containsAll(host: HostSummary, query: string | undefined): boolean {
  if (!query) return true;
  const text = `${host.hostname} ${host.os} ${host.topReason ?? ''}`.toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
