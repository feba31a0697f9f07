// @vitest-environment node
import { expect, it } from 'vitest';
import { idOf, sampleHost } from '../../testing/sample-host.js';
import { pages } from './pages.js';
import { paletteItems } from './palette-items.js';

const hosts = [sampleHost(1), sampleHost(2, { hostname: 'fra-ams-07' }), sampleHost(3, { hostname: 'ams-vbr' })];
const labels = (query: string) => paletteItems(query, { pages, hosts }).map(({ label }) => label);

it('offers every page before anything is typed', () => {
  expect(labels('').slice(0, pages.length)).toEqual(pages.map(({ label }) => label));
});

it('finds a host by any part of its name, what begins with it first', () => {
  expect(labels('ams')).toEqual(['ams-pxy-01', 'ams-vbr', 'fra-ams-07']);
  expect(labels('AMS 01')).toEqual(['ams-pxy-01']);
  expect(paletteItems('vbr', { pages, hosts })[0]).toMatchObject({ kind: 'host', hostId: idOf(3), hint: 'OK' });
  expect(labels('nowhere')).toEqual([]);
});

it('keeps a long fleet out of the page', () => {
  const fleet = Array.from({ length: 2_000 }, (_, n) => sampleHost(n + 1, { hostname: `pxy-${n}` }));
  expect(paletteItems('pxy', { pages, hosts: fleet })).toHaveLength(12);
});

it('gives no letter to two pages', () => {
  expect(new Set(pages.map(({ key }) => key)).size).toBe(pages.length);
});
