import type { LunMap, MapDetails } from '@lunwarden/contract';
import type { CompleteLunMap } from '../complete-map.js';

export const naa = (n: number) => `naa:6000000000000000000000000000${String(n).padStart(4, '0')}`;
export const host = (name: string, connectionState: LunMap['hosts'][number]['connectionState'] = 'connected') =>
  ({
    id: name,
    name,
    cluster: 'c',
    datacenter: 'dc',
    connectionState,
    inMaintenanceMode: false,
  }) as LunMap['hosts'][number];
export const nothing = { version: null, build: null, hardwareUuid: null };
export const datastore = (name: string, vmfsUuid: string | null, keys: string[][], mounts = ['host-1']) =>
  ({
    ...{
      id: name,
      name,
      path: `/dc/${name}`,
      type: 'VMFS',
      vmfsUuid,
      url: null,
      capacityBytes: '1000',
      freeBytes: '1',
    },
    accessible: true,
    extents: keys.map((of, partition) => ({ diskName: of[0] ?? 'mpx.vmhba0:C0:T0:L0', partition, keys: of })),
    hosts: mounts.map((one) => ({ host: one, mounted: true, accessible: true })),
  }) as LunMap['datastores'][number];
export const vm = (name: string, on: string[], changeVersion: string | null = '1'): LunMap['vms'][number] => ({
  ...{ id: name, name, host: 'host-1', datastores: on, instanceUuid: null, biosUuid: null, isTemplate: false },
  changeVersion,
});

export interface Said {
  readonly datastores?: LunMap['datastores'];
  readonly vms?: LunMap['vms'];
  readonly hosts?: LunMap['hosts'];
  readonly details?: MapDetails;
  readonly snapshots?: LunMap['snapshots'];
  readonly needConsolidation?: LunMap['needConsolidation'];
  readonly watched?: LunMap['watched'];
  readonly collectedAt?: string;
}
/** A map of a few objects, whole by its own count. */
export function mapOf({ datastores = [], vms = [], hosts = [host('host-1')], ...more }: Said): CompleteLunMap {
  const all = (got: number) => ({ expected: got, got });
  return {
    ...{ vcenterUuid: 'instance-a', apiVersion: '8.0.3.0', build: '1', durationMs: 1, complete: true, gaps: [] },
    collectedAt: '2026-11-22T19:00:00.000Z',
    counts: { datastores: all(datastores.length), hosts: all(hosts.length), vms: all(vms.length) },
    datastores,
    hosts: hosts.map((one) => ({ ...nothing, ...one })),
    vms,
    ...more,
  };
}
