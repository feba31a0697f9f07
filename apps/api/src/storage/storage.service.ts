import {
  type StorageDatastore,
  type StorageDatastoreDetail,
  type StorageHost,
  type StoragePage,
  type StorageQuery,
  Text,
  type VolumeCopy,
} from '@lunwarden/contract';
import { expireSummary, type SeenLunOfHost } from '@lunwarden/risk';
import { Store, type StoredVolume, type Tx } from '@lunwarden/store';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Clock } from '../clock.js';
import { Refusal } from '../http/refusal.js';
import { LunStates } from './lun-states.service.js';
import { compareStates, sightOf, storageHost } from './sight.js';

const shownVms = 5_000;
const shownPaths = 1_000;
const shownCopies = 500;
const Cursor = z.tuple([Text(256), Text(200)]);

/** Who could write to which datastore: the maps and what the proxies see, joined by LUN keys. */
@Injectable()
export class StorageService {
  constructor(
    private readonly store: Store,
    private readonly states: LunStates,
    private readonly clock: Clock,
  ) {}

  /** @throws Refusal invalid_input for a cursor that is none of ours */
  page({ after, ...filter }: StorageQuery): Promise<StoragePage> {
    const place = after === undefined ? undefined : placeOf(after);
    return this.store.atOneMoment(async (tx) => {
      const { total, volumes } = await tx.storage.volumes({ ...filter, after: place });
      const last = volumes.length === filter.limit ? volumes.at(-1) : undefined;
      return {
        asOf: this.clock.iso(),
        total,
        ...(await this.withSights(tx, volumes)),
        next: last === undefined ? null : cursorOf(last),
        vcenters: await tx.vcenters.statuses(),
      };
    });
  }

  /** @throws Refusal not_found */
  datastore(id: string): Promise<StorageDatastoreDetail> {
    return this.store.atOneMoment(async (tx) => {
      const { volumes } = await tx.storage.volumes({ id, limit: 1 });
      const { datastores, hosts } = await this.withSights(tx, volumes);
      const [datastore] = datastores;
      if (datastore === undefined) throw new Refusal('not_found', 'No map in force knows this datastore.');
      return {
        asOf: this.clock.iso(),
        datastore,
        hosts,
        vms: await tx.storage.vms(id, shownVms),
        idlePaths: await tx.storage.idlePaths(id, shownPaths),
        hardware: await tx.storage.hardware(id),
        vcenters: await tx.vcenters.statuses(),
      };
    });
  }

  copies(): Promise<VolumeCopy[]> {
    return this.store.read.storage.copies(shownCopies);
  }

  /** Hosts as they may be read now, by id. Retired ones, and such as were never judged, are left out. */
  async hostsOf(tx: Tx, hostIds: readonly string[]): Promise<Map<string, StorageHost>> {
    const now = this.clock.iso();
    const summaries = await tx.assessments.summariesOf(hostIds);
    return new Map([...summaries].map(([id, summary]) => [id, storageHost(expireSummary(summary, now))]));
  }

  private async withSights(tx: Tx, volumes: readonly StoredVolume[]) {
    const hostIds = [...new Set(volumes.flatMap((volume) => volume.hostIds))];
    const hosts = await this.hostsOf(tx, hostIds);
    const states = await this.states.of(tx, hostIds);
    return { datastores: volumes.map((volume) => datastoreOf(volume, hosts, states)), hosts: [...hosts.values()] };
  }
}

function datastoreOf(
  { hostIds, doubts, ...volume }: StoredVolume,
  hosts: ReadonlyMap<string, StorageHost>,
  states: ReadonlyMap<string, readonly SeenLunOfHost[]>,
): StorageDatastore {
  const keys = new Set<string>(volume.luns.flatMap((lun) => lun.keys));
  const sights = hostIds.flatMap((hostId) => {
    const host = hosts.get(hostId);
    return host === undefined ? [] : [{ hostId, state: sightOf(states.get(hostId) ?? [], keys, host) }];
  });
  return {
    ...volume,
    sights: sights.sort((a, b) => compareStates(a.state, b.state)),
    ...(doubts.length === 0 ? {} : { doubts }),
  };
}

const cursorOf = ({ name, id }: StoredVolume): string => Buffer.from(JSON.stringify([name, id])).toString('base64url');

function placeOf(cursor: string): { name: string; id: string } {
  try {
    const [name, id] = Cursor.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    return { name, id };
  } catch {
    throw new Refusal('invalid_input', 'This page is not known: begin with the first one.');
  }
}
