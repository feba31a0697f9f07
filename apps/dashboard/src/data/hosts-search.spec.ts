import { levels } from '@lunwarden/contract';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { makeRouter } from '../routes/router.js';
import { sampleHost } from '../testing/sample-host.js';
import { type Filter, filterWords, HostsSearch, hasFilter, matches, toggled } from './hosts-search.js';

const filters = Object.keys(filterWords) as Filter[];

const search: fc.Arbitrary<HostsSearch> = fc
  .tuple(
    ...filters.map((filter) =>
      fc.subarray([...filterWords[filter]]).map((words) => [filter, words.join(',') || undefined] as const),
    ),
    fc.constantFrom(undefined, '12', 'ams pxy', 'é&=+#%,').map((q) => ['q', q] as const),
    fc.constantFrom(undefined, 'vms', '-hostname').map((sort) => ['sort', sort] as const),
    fc.constantFrom(undefined, 'vc-uuid/datastore-12').map((ds) => ['ds', ds] as const),
  )
  .map((entries) => Object.fromEntries(entries));

const defined = (of: object) => Object.fromEntries(Object.entries(of).filter(([, value]) => value !== undefined));

it('keeps every view of the host list in the URL and reads the same view back from it', () => {
  const { options } = makeRouter();
  fc.assert(
    fc.property(search, (view) => {
      const url = options.stringifySearch?.(view) ?? '';
      expect(defined(HostsSearch.parse(options.parseSearch?.(url)))).toEqual(defined(view));
    }),
  );
});

it('writes lists that a person can read', () => {
  expect(makeRouter().options.stringifySearch?.({ level: 'critical,high', sort: '-vms' })).toBe(
    '?level=critical,high&sort=-vms',
  );
});

it('does not take what else a URL carries for a filter', () => {
  const search: HostsSearch = HostsSearch.parse({ utm_source: 'mail', sort: 'vms' });
  expect(hasFilter(search)).toBe(false);
  expect(hasFilter({ ...search, ds: 'vc/ds-1' })).toBe(true);
});

it('takes a word out with the same click that put it in', () => {
  const once = toggled({ sort: 'vms' }, 'level', 'high');
  const twice = toggled(once, 'level', 'critical');
  expect(twice).toEqual({ sort: 'vms', level: 'high,critical' });
  expect(toggled(toggled(twice, 'level', 'high'), 'level', 'critical')).toEqual({ sort: 'vms', level: undefined });
  expect(hasFilter(once)).toBe(true);
  expect(hasFilter({ sort: 'vms' })).toBe(false);
});

it('puts every host in exactly one list of a filter, so that the parts add up to the fleet', () => {
  const hosts = levels.map((level, n) => sampleHost(n, { level }));
  for (const host of hosts) {
    const lists = filterWords.level.filter((level) => matches(host, { level }));
    expect(lists).toEqual([host.level]);
  }
  expect(hosts.filter((host) => matches(host, {}))).toHaveLength(hosts.length);
});

it('finds a host only if every word of the query occurs', () => {
  const host = sampleHost(7, { topReason: 'Automount is enabled' });
  expect(matches(host, { q: 'PXY-07 automount' })).toBe(true);
  expect(matches(host, { q: 'pxy-07 linux' })).toBe(false);
});

it('counts a host whose disks nobody could read among those with writable LUNs', () => {
  const search = { writable: 'yes' };
  expect(matches(sampleHost(1, { vmfsLuns: null, writableLuns: null }), search)).toBe(true);
  expect(matches(sampleHost(2, { writableLuns: 3 }), search)).toBe(true);
  expect(matches(sampleHost(3, { writableLuns: 0 }), search)).toBe(false);
});
