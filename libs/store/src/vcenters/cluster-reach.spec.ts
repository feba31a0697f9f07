import type { LunMap } from '@lunwarden/contract';
import { expect, test } from 'vitest';
import { clusterReachOf } from './cluster-reach.js';
import { spellingsOf } from './proxy-vm.js';

type Host = LunMap['hosts'][number];
const host = (id: string, cluster: string | null, more: Partial<Host> = {}) =>
  ({ id, cluster, datacenter: 'dc', connectionState: 'connected', ...more }) as Host;
const datastore = (id: string, ...mounts: Partial<LunMap['datastores'][number]['hosts'][number]>[]) =>
  ({
    id,
    hosts: mounts.map((mount) => ({ mounted: true, accessible: true, ...mount })),
  }) as LunMap['datastores'][number];

test('a datastore that every connected host of a cluster mounts can be hot-added wherever the proxy runs', () => {
  const hosts = [host('h1', 'c'), host('h2', 'c'), host('h3', 'c', { connectionState: 'disconnected' })];
  expect(clusterReachOf({ hosts, datastores: [datastore('d', { host: 'h1' }, { host: 'h2' })] })).toEqual([
    { clusterKey: 'dc/c', datastoreId: 'd', isEverywhere: true },
  ]);
});

test('one that a host cannot reach depends on where the proxy runs', () => {
  const hosts = [host('h1', 'c'), host('h2', 'c')];
  const datastores = [datastore('d', { host: 'h1' }, { host: 'h2', accessible: false })];
  expect(clusterReachOf({ hosts, datastores })).toMatchObject([{ isEverywhere: false }]);
});

test('clusters of one name in two datacenters, and hosts that stand alone, do not lend each other anything', () => {
  const hosts = [host('h1', 'c'), host('h2', 'c', { datacenter: 'other' }), host('h3', null), host('h4', null)];
  const datastores = [datastore('d', { host: 'h1' }), datastore('e', { host: 'h3' })];
  expect(clusterReachOf({ hosts, datastores })).toEqual([
    { clusterKey: 'dc/c', datastoreId: 'd', isEverywhere: true },
    { clusterKey: 'h3', datastoreId: 'e', isEverywhere: true },
  ]);
});

test('only hosts that are away, or that do not mount it, reach nothing', () => {
  const hosts = [host('h1', 'c', { connectionState: 'notResponding' }), host('h2', 'c')];
  expect(
    clusterReachOf({ hosts, datastores: [datastore('d', { host: 'h1' }, { host: 'h2', mounted: false })] }),
  ).toEqual([]);
});

test('a BIOS UUID is looked for in both orders of its first three fields', () => {
  expect(spellingsOf('564D1234-ABCD-EF01-2345-6789ABCDEF01')).toEqual([
    '564d1234-abcd-ef01-2345-6789abcdef01',
    '34124d56-cdab-01ef-2345-6789abcdef01',
  ]);
});
