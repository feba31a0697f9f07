import type { LunMap } from '@lunwarden/contract';
import type { SanOrder } from './san-estate.js';
import { vcsimTruth } from './vcsim-folder.js';

/**
 * A map as lines, columns parted by tabs, sorted by code unit: `extent` datastore device host, `place` vm datastore,
 * `raw` vm device, `adapter` host name, `type` datastore type. Two readers of one vCenter agree when these do.
 */
export function rowsOfMap({ datastores, vms, details }: LunMap): string[] {
  const names = new Map(details?.luns.map(({ uuid, canonicalName }) => [uuid, canonicalName]));
  return [
    ...datastores.map(({ id, type }) => ['type', id, type]),
    ...datastores.flatMap(({ id, extents, hosts }) =>
      extents.flatMap(({ diskName }) => hosts.map(({ host }) => ['extent', id, diskName, host])),
    ),
    ...vms.flatMap((vm) => vm.datastores.map((datastore) => ['place', vm.id, datastore])),
    ...(details?.rawMappings ?? []).map(({ vm, lunUuid }) => ['raw', vm, names.get(lunUuid) ?? '']),
    ...(details?.adapters ?? []).flatMap(({ host, names: own }) => own.map((name) => ['adapter', host, name])),
  ]
    .map((columns) => columns.join('\t'))
    .sort();
}

/** The lines that a reader of that estate must find, from its plan. */
export function trueRows(order: SanOrder): string[] {
  const { datastores, extents, placements, rawMappings, adapters } = vcsimTruth(order);
  return [
    ...datastores.map(({ id, type }) => ['type', id, type]),
    ...extents.map(({ datastore, diskName, host }) => ['extent', datastore, diskName, host]),
    ...placements.map(({ vm, datastore }) => ['place', vm, datastore]),
    ...rawMappings.map(({ vm, diskName }) => ['raw', vm, diskName]),
    ...adapters.flatMap(({ host, wwpn, iqn }) => [
      ['adapter', host, wwpn],
      ['adapter', host, iqn],
    ]),
  ]
    .map((columns) => columns.join('\t'))
    .sort();
}
