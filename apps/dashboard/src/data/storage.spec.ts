import { expect, it } from 'vitest';
import { idOf, sampleHost } from '../testing/sample-host.js';
import { byHostId, sightsOf } from './storage.js';
import { filterOf, matchesSights, StorageSearch } from './storage-search.js';

const sights = [
  { hostId: idOf(1), state: 'offline-read-only' as const },
  { hostId: idOf(2), state: 'online-writable' as const },
];
const told = byHostId([sampleHost(1), sampleHost(2)]);

it('shows the state that the server told while its host is heard', () => {
  expect(sightsOf(sights, told, told).map(({ state }) => state)).toEqual(['offline-read-only', 'online-writable']);
});

it.each(['stale', 'never-reported', 'identity-conflict'] as const)(
  'calls a good state unknown once its host is %s in the live fleet, and keeps a bad one',
  (state) => {
    const live = byHostId([sampleHost(1, { state }), sampleHost(2, { state })]);
    expect(sightsOf(sights, told, live).map((sight) => sight.state)).toEqual(['unknown', 'online-writable']);
  },
);

it('shows the level of the live fleet, not the one of the page', () => {
  const live = byHostId([sampleHost(1, { level: 'critical' })]);
  expect(sightsOf(sights, told, live).map(({ host }) => host.level)).toEqual(['critical', 'minimal']);
});

it('drops what a URL brings and the screen does not know', () => {
  const search = StorageSearch.parse({ view: 'x', type: 'FAT', seen: 'maybe', q: 'erp', utm_source: 'mail' });
  expect(search).toEqual({ q: 'erp' });
  expect(filterOf({ ...search, view: 'orphans', seen: 'no' })).toEqual({ q: 'erp', seen: 'no' });
});

it('finds a datastore by one proxy that fits both its state and its level', () => {
  const live = byHostId([sampleHost(1, { level: 'critical' }), sampleHost(2, { level: 'low' })]);
  const shown = sightsOf(sights, told, live);
  expect(matchesSights({ level: 'critical' }, shown)).toBe(true);
  expect(matchesSights({ state: 'online-writable' }, shown)).toBe(true);
  expect(matchesSights({ level: 'critical', state: 'online-writable' }, shown)).toBe(false);
  expect(matchesSights({}, [])).toBe(true);
  expect(matchesSights({ state: 'unknown' }, [])).toBe(false);
});
