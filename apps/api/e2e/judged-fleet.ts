import { randomBytes, randomUUID } from 'node:crypto';
import {
  type HostDetail,
  type HostFacts,
  type HostSummary,
  type LunMap,
  naaKey,
  type ProxyReport,
  type ReportReceipt,
} from '@lunwarden/contract';
import { reportOf, storyNaa, storyVcenter } from '@lunwarden/sample-fleet';
import type { CompleteLunMap, Store } from '@lunwarden/store';
import { Module, type Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { type FreshDatabase, freshDatabase } from '../../../tools/testing/fresh-database.js';
import { AssessModule } from '../src/assess/assess.module.js';
import { ReassessService } from '../src/assess/reassess.service.js';
import { SweepService } from '../src/assess/sweep.service.js';
import { FleetModule } from '../src/fleet/fleet.module.js';
import { FleetService } from '../src/fleet/fleet.service.js';
import { FollowMaps } from '../src/follow-maps.js';
import { type DecodedReport, decodeReport } from '../src/intake/decode-report.js';
import { FactsMemory } from '../src/intake/facts-memory.js';
import { IntakeModule } from '../src/intake/intake.module.js';
import { IntakeService } from '../src/intake/intake.service.js';
import { MapChanges } from '../src/vcenters/map-changes.js';
import { startReplica } from './replica.js';

@Module({ imports: [AssessModule, IntakeModule, FleetModule], providers: [MapChanges, FollowMaps] })
class JudgingParts {}

/** A host and what its next report carries; give it another `bootId` and it has started anew. */
export type EnrolledHost = { hostId: string; installId: string; bootId: string; seq: number };

/** Intake, judgement and what people ask, on a database of their own, at a time that only the spec moves. */
export class JudgedFleet {
  private time: number;
  private readonly memory = new FactsMemory();

  private constructor(
    private readonly database: FreshDatabase,
    private readonly app: () => NestFastifyApplication,
    readonly store: Store,
    clock: { now: () => Date },
    startsAt: string,
  ) {
    this.time = Date.parse(startsAt);
    clock.now = () => new Date(this.time);
  }

  static async start(startsAt: string): Promise<JudgedFleet> {
    const database = await freshDatabase();
    const clock = { now: () => new Date(startsAt) };
    const { app, store } = await startReplica(JudgingParts, { databaseUrl: database.url, now: () => clock.now() });
    const fleet = new JudgedFleet(database, () => app, store, clock, startsAt);
    // As a server that runs has done before any host enrols.
    await fleet.sweep();
    return fleet;
  }

  async close(): Promise<void> {
    await this.app().close();
    await this.database.drop();
  }

  /** A part of the API that people or hosts speak to. */
  part<T>(type: Type<T>): T {
    return this.app().get(type);
  }

  get intake(): IntakeService {
    return this.part(IntakeService);
  }

  now(): string {
    return new Date(this.time).toISOString();
  }

  pass(minutes: number): void {
    this.time += minutes * 60_000;
  }

  async enrolled(hostname: string): Promise<EnrolledHost> {
    const host = { hostId: randomUUID(), installId: randomUUID(), bootId: randomUUID(), seq: 0 };
    const row = { ...host, hostname, platform: 'windows' as const, keyHash: randomBytes(32) };
    await this.store.inTransaction((tx) => tx.enrollment.addHost(row, new Date(this.time)));
    return host;
  }

  /** The next report of a host, read as the door reads it. */
  next(host: EnrolledHost, facts: HostFacts, changes: Partial<ProxyReport> = {}): Promise<DecodedReport> {
    host.seq++;
    const { installId, bootId, seq } = host;
    const at = this.now();
    const head = { reportId: uuidv7(), installId, bootId, seq, ageMs: 0, collectedAt: at, sentAt: at, ...changes };
    return decodeReport(Buffer.from(JSON.stringify(reportOf(facts, head))), undefined, this.memory);
  }

  async send(
    host: EnrolledHost,
    facts: HostFacts,
    changes: Partial<ProxyReport> = {},
  ): Promise<ReportReceipt['result']> {
    return (await this.intake.accept(host.hostId, await this.next(host, facts, changes))).result;
  }

  sweep(): Promise<void> {
    return this.app().get(SweepService).sweep();
  }

  judgeEveryone(): Promise<void> {
    return this.app().get(ReassessService).everyone();
  }

  async vcenter(name: string = storyVcenter.name): Promise<string> {
    const id = randomUUID();
    const secret = { keyId: 'k', wrappedKey: Buffer.of(1), sealed: Buffer.of(2) };
    const trust = { kind: 'system' } as const;
    await this.store.read.vcenters.add({ id, name, url: `https://${name}`, username: 'u', trust, secret });
    return id;
  }

  /** Puts a map of this moment in force as a collection does; hosts are judged by it when it is delivered. */
  async collected(vcenterId: string, { vms = 1, isFirst = false } = {}): Promise<void> {
    await this.store.inTransaction(async (tx) => {
      const { changedLunKeys: lunKeys } = await tx.maps.replace(vcenterId, oneLunMap(this.now(), vms));
      await tx.mapChanges.note({ vcenterId, kind: isFirst ? 'first-map' : 'map', lunKeys });
    });
  }

  deliver(): Promise<void> {
    return this.app().get(MapChanges).deliver();
  }

  async row({ hostId }: EnrolledHost): Promise<HostSummary> {
    const { hosts } = await this.app().get(FleetService).snapshot();
    const row = hosts.find((one) => one.hostId === hostId);
    if (row === undefined) throw new Error(`host ${hostId} is not in the list`);
    return row;
  }

  page({ hostId }: EnrolledHost): Promise<HostDetail> {
    return this.app().get(FleetService).host(hostId);
  }

  vmsInReach({ hostId }: EnrolledHost): ReturnType<FleetService['vmsInReach']> {
    return this.app().get(FleetService).vmsInReach(hostId);
  }
}

/** One datastore on the story's first LUN, and its VMs. */
function oneLunMap(collectedAt: string, vms: number): CompleteLunMap {
  const all = (got: number) => ({ expected: got, got });
  const disk = `naa.${storyNaa(1)}`;
  const key = naaKey(storyNaa(1));
  const datastore: LunMap['datastores'][number] = {
    id: 'datastore-1',
    name: 'gold',
    path: '/dc/gold',
    type: 'VMFS',
    vmfsUuid: 'vmfs-1',
    url: null,
    capacityBytes: '1',
    freeBytes: '1',
    accessible: true,
    extents: [{ diskName: disk, partition: 1, keys: key === null ? [] : [key] }],
    hosts: [{ host: 'host-1', mounted: true, accessible: true }],
  };
  return {
    vcenterUuid: storyVcenter.uuid,
    apiVersion: '8.0.3.0',
    build: '1',
    collectedAt,
    durationMs: 1,
    complete: true,
    counts: { datastores: all(1), hosts: all(1), vms: all(vms) },
    gaps: [],
    datastores: [datastore],
    hosts: [
      {
        id: 'host-1',
        name: 'esx1',
        cluster: 'c',
        datacenter: 'dc',
        connectionState: 'connected',
        inMaintenanceMode: false,
        version: '8.0.3',
        build: '1',
        hardwareUuid: null,
      },
    ],
    vms: Array.from({ length: vms }, (_, n) => ({
      id: `vm-${n}`,
      name: `vm ${n}`,
      host: 'host-1',
      datastores: ['datastore-1'],
      instanceUuid: null,
      biosUuid: null,
      isTemplate: false,
      changeVersion: null,
    })),
  };
}

function uuidv7(): string {
  const time = Date.now().toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`;
}
