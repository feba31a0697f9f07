import type { MapAdapter, MapDetails, MapLun, MapRawMapping } from '@lunwarden/contract';
import { readAdapters } from '../map/adapter.js';
import type { PlacedDatastore } from '../map/datastore.js';
import type { PlacedHost } from '../map/host.js';
import { bytesOfLuns, mergeLuns, readLuns } from '../map/lun.js';
import { joinRawMappings, readRawMappings } from '../map/raw-mapping.js';
import type { Session } from '../session.js';
import type { Ref, XmlElement } from '../soap/xml-element.js';
import { collectType, type TypeQuery } from './collect-type.js';
import { GapList } from './gap-list.js';
import { hostsForLuns } from './hosts-for-luns.js';
import type { Restarts } from './restarts.js';
import { retrieveProperties } from './retrieve-properties.js';

export interface DetailsInput {
  readonly session: Session;
  readonly restarts: Restarts;
  readonly hosts: readonly PlacedHost[];
  readonly datastores: readonly PlacedDatastore[];
}

export interface Details {
  readonly details: MapDetails;
  readonly gaps: GapList;
}

// vSphere tells 2 to 4 KB a LUN and host, 6 to 15 KB of devices a VM, 2 KB of adapters a host.
const hostsAPage = 5;
const vmsAPage = 250;
const adaptersAPage = 100;

/** What grows too large to be read every time: LUNs of some hosts, adapters of all, raw device mappings of all VMs. */
export async function collectDetails(input: DetailsInput): Promise<Details> {
  const gaps = new GapList();
  const devices = await list<MapRawMapping>(input, gaps, {
    types: ['VirtualMachine'],
    path: 'config.hardware.device',
    pageSize: vmsAPage,
    read: readRawMappings,
  });
  const adapters = await list<MapAdapter>(input, gaps, {
    types: ['HostSystem'],
    path: 'config.storageDevice.hostBusAdapter',
    pageSize: adaptersAPage,
    read: readAdapters,
  });
  const luns = mergeLuns(await collectLuns(input, gaps));
  return { details: { luns, adapters, rawMappings: joinRawMappings(devices, luns) }, gaps };
}

interface ListQuery<T> {
  readonly types: readonly [string];
  readonly path: string;
  readonly pageSize: number;
  readonly read: (id: string, value: XmlElement | null, refuse: (what: string) => void) => T[];
}

async function list<T>({ session, restarts }: DetailsInput, gaps: GapList, ask: ListQuery<T>): Promise<T[]> {
  const query: TypeQuery<T[]> = {
    types: ask.types,
    type: ask.types[0],
    paths: [ask.path],
    pageSize: ask.pageSize,
    map: ({ ref, values }, own) =>
      ask.read(ref.id, values.get(ask.path) ?? null, (what) => own.add(ref, ask.path, `does not fit: ${what}`)),
  };
  const collected = await restarts.run(`${ask.types[0]} ${ask.path}`, () => collectType(session, query));
  gaps.addAll(collected.gaps);
  return [...collected.objects.values()].flat();
}

const lunPath = 'config.storageDevice.scsiLun';

/** One connected host a cluster, then those that mount an extent which none of them told of. */
async function collectLuns(input: DetailsInput, gaps: GapList): Promise<MapLun[]> {
  const asked = new Set<string>();
  const luns: MapLun[] = [];
  for (;;) {
    const next = hostsForLuns(input, luns, asked);
    if (next.length === 0) return luns;
    for (const id of next) asked.add(id);
    const refs = next.map((id) => ({ kind: 'HostSystem', id }));
    const found = await input.restarts.run(`HostSystem ${lunPath}`, () => lunsOf(input.session, refs));
    luns.push(...found.luns);
    gaps.addAll(found.gaps);
  }
}

async function lunsOf(session: Session, objects: readonly Ref[]): Promise<{ luns: MapLun[]; gaps: GapList }> {
  const luns: MapLun[] = [];
  const gaps = new GapList();
  const awaited = new Set(objects.map(({ id }) => id));
  const query = { type: 'HostSystem', paths: [lunPath], from: { objects }, pageSize: hostsAPage, skip: bytesOfLuns };
  await retrieveProperties(session, query, ({ ref, values, missing }) => {
    awaited.delete(ref.id);
    for (const { path, fault } of missing) gaps.add(ref, path, fault.reason);
    const refuse = (name: string): void => gaps.add(ref, lunPath, `does not fit: ${name}`);
    luns.push(...readLuns(ref.id, values.get(lunPath) ?? null, refuse));
  });
  // It was there a moment ago; whatever the reason, its LUNs are not known.
  for (const id of awaited) gaps.add({ kind: 'HostSystem', id }, lunPath, 'not delivered');
  return { luns, gaps };
}
