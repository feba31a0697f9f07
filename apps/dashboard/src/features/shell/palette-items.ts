import { type HostSummary, levelLabels } from '@lunwarden/contract';
import type { pages } from './pages.js';

export type PaletteItem =
  | { kind: 'page'; id: string; label: string; hint: string; to: (typeof pages)[number]['to'] }
  | { kind: 'host'; id: string; label: string; hint: string; hostId: string };

const mostHosts = 12;

/** Screens and hosts in whose name every word of the query occurs; those that begin with the query first, then by name. */
export function paletteItems(
  query: string,
  known: { pages: typeof pages; hosts: readonly HostSummary[] },
): PaletteItem[] {
  const text = query.trim().toLowerCase();
  const words = text.split(/\s+/);
  const hits = (name: string) => words.every((word) => name.toLowerCase().includes(word));
  const found = known.hosts.filter(({ hostname }) => hits(hostname));
  const starts = (name: string) => Number(!name.toLowerCase().startsWith(text));
  const hosts = found
    .toSorted((a, b) => starts(a.hostname) - starts(b.hostname) || a.hostname.localeCompare(b.hostname, 'en'))
    .slice(0, mostHosts);
  return [
    ...known.pages
      .filter(({ label }) => hits(label))
      .map(({ to, label, key }): PaletteItem => ({ kind: 'page', id: `page-${key}`, label, hint: `g ${key}`, to })),
    ...hosts.map(
      ({ hostId, hostname, level }): PaletteItem => ({
        kind: 'host',
        id: `host-${hostId}`,
        label: hostname,
        hint: levelLabels[level],
        hostId,
      }),
    ),
  ];
}
