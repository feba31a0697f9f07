import type { MapLun } from '@lunwarden/contract';
import { expect, test } from 'vitest';
import type { PlacedDatastore } from '../map/datastore.js';
import type { PlacedHost } from '../map/host.js';
import { hostsForLuns } from './hosts-for-luns.js';

type State = PlacedHost['value']['connectionState'];
const host = (id: string, cluster: string, connectionState: State = 'connected'): PlacedHost => ({
  parent: { kind: 'ClusterComputeResource', id: cluster },
  value: {
    id,
    name: id,
    cluster: null,
    datacenter: null,
    connectionState,
    inMaintenanceMode: false,
    version: null,
    build: null,
    hardwareUuid: null,
  },
});
const datastore = (diskName: string, ...mounts: string[]): PlacedDatastore => ({
  parent: null,
  escapedName: '',
  value: {
    id: 'datastore-1',
    name: '',
    path: '',
    type: 'VMFS',
    vmfsUuid: null,
    url: null,
    capacityBytes: null,
    freeBytes: null,
    accessible: true,
    extents: [{ diskName, partition: 1, keys: [] }],
    hosts: mounts.map((id) => ({ host: id, mounted: true, accessible: true })),
  },
});
const told = (...names: string[]): MapLun[] =>
  names.map((canonicalName) => ({
    canonicalName,
    uuid: '',
    keys: [],
    vendor: '',
    model: '',
    capacityBytes: null,
    isLocal: false,
    seenBy: [],
  }));

test('first one connected host of each cluster', () => {
  const hosts = [
    host('h1', 'c1'),
    host('h2', 'c1', 'notResponding'),
    host('h3', 'c2', 'disconnected'),
    host('h4', 'c3'),
  ];
  expect(hostsForLuns({ hosts, datastores: [] }, [], new Set())).toEqual(['h1', 'h4']);
});

test('then one that mounts what nobody told of, and nobody twice', () => {
  const hosts = [host('h1', 'c1'), host('h2', 'c1'), host('h3', 'c1')];
  const datastores = [datastore('naa.a', 'h1', 'h2'), datastore('naa.b', 'h2', 'h3'), datastore('naa.c', 'h3', 'h2')];
  const estate = { hosts, datastores };
  expect(hostsForLuns(estate, told('naa.a'), new Set(['h1']))).toEqual(['h2']);
  expect(hostsForLuns(estate, told('naa.a', 'naa.b', 'naa.c'), new Set(['h1', 'h2']))).toEqual([]);
  expect(hostsForLuns(estate, told('naa.a'), new Set(['h1', 'h2', 'h3']))).toEqual([]);
});

test('the boot disk of each host does not make every host be asked', () => {
  const hosts = [host('h1', 'c1'), host('h2', 'c1')];
  expect(hostsForLuns({ hosts, datastores: [datastore('mpx.x', 'h2')] }, [], new Set(['h1']))).toEqual([]);
});
