import type { MapHost } from '@lunwarden/contract';
import { expect, test } from 'vitest';
import type { PlacedHost } from './host.js';
import { silentClusters } from './silent-clusters.js';

const host = (id: string, cluster: string, connectionState: MapHost['connectionState']): PlacedHost => ({
  parent: { kind: 'ClusterComputeResource', id: cluster },
  value: {
    ...{ id, name: id, cluster: null, datacenter: null, connectionState, inMaintenanceMode: false },
    ...{ version: null, build: null, hardwareUuid: null },
  },
});

test('a cluster none of whose hosts is connected is told, one with a single voice is not', () => {
  const hosts = [
    host('host-1', 'domain-c1', 'disconnected'),
    host('host-2', 'domain-c1', 'notResponding'),
    host('host-3', 'domain-c2', 'notResponding'),
    host('host-4', 'domain-c2', 'connected'),
  ];
  const told = silentClusters({ hosts }).toArray();
  expect(told.map(({ object }) => object)).toEqual(['ClusterComputeResource:domain-c1']);
  expect(told[0]?.reason).toContain('no host of it is connected');
});
