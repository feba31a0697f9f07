import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { VcenterStatus } from '@lunwarden/contract';
import { smallSan } from '@lunwarden/sample-fleet';
import type { MapChange } from '@lunwarden/store';
import { answer, type Fault, type FaultProxy, startFaultProxy } from '../../../libs/vsphere/testing/fault-proxy.js';
import { account, startVcsim } from '../../../libs/vsphere/testing/vcsim.js';
import { type FreshDatabase, freshDatabase } from '../../../tools/testing/fresh-database.js';
import type { ApiConfig } from '../src/config.js';
import { CollectService } from '../src/vcenters/collect.service.js';
import { MapChanges } from '../src/vcenters/map-changes.js';
import { VcentersModule } from '../src/vcenters/vcenters.module.js';
import { type Replica, startReplica } from './replica.js';

export type VcenterReplica = Omit<Replica, 'call'> & {
  /** Asks a door; `path` begins behind /api/v1/vcenters. */
  call(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): ReturnType<Replica['call']>;
  collect: CollectService;
  /** What a vCenter looks like when nothing is under way in this replica any more. */
  collected(id: string): Promise<VcenterStatus>;
  /** What was handed to those who judge. */
  changes: MapChange[];
};

/** A vCenter with a proxy in front of it that can be told to fail, and replicas on one database. */
export class VcenterLab {
  private readonly replicas: Replica[] = [];
  private readonly faults: Fault[] = [];

  private constructor(
    private readonly folder: string,
    private readonly database: FreshDatabase,
    private readonly ends: (() => Promise<void>)[],
    readonly proxy: FaultProxy | null,
    faults: Fault[],
  ) {
    this.faults = faults;
  }

  /** @param vcsim program of the simulator; null = no vCenter at all */
  static async open(vcsim: string | null): Promise<VcenterLab> {
    const folder = await mkdtemp(join(tmpdir(), 'lunwarden-vcenters-'));
    await writeFile(join(folder, 'keyring'), randomBytes(32).toString('base64'), { mode: 0o600 });
    const database = await freshDatabase();
    if (vcsim === null) return new VcenterLab(folder, database, [], null, []);
    const simulator = await startVcsim(vcsim, { order: smallSan });
    const faults: Fault[] = [];
    const proxy = await startFaultProxy(simulator.url, faults);
    return new VcenterLab(folder, database, [proxy.stop, simulator.stop], proxy, faults);
  }

  /** Nothing listens on the port that stands for a vCenter that is away. */
  get url(): string {
    return this.proxy?.url ?? 'http://127.0.0.1:9';
  }

  request(password: string = account.password, url = this.url) {
    return { name: 'lab', url, username: account.username, password, trust: { kind: 'loopback' } };
  }

  /** From now on this goes wrong, and nothing else. */
  hurt(...acts: Fault[]): void {
    this.faults.splice(0, this.faults.length, ...acts);
  }

  /** Logins wait until the answer is called. */
  holdLogins(): () => void {
    let release = () => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const act: Fault['act'] = async ({ response, forward }) => {
      await gate;
      answer(response, await forward());
    };
    this.hurt({ method: 'Login', act });
    return release;
  }

  async replica(role: ApiConfig['role'] = 'worker'): Promise<VcenterReplica> {
    const keyringFile = join(this.folder, 'keyring');
    const replica = await startReplica(VcentersModule, { databaseUrl: this.database.url, keyringFile, role });
    this.replicas.push(replica);
    const { app, store } = replica;
    const collect = app.get(CollectService);
    const changes: MapChange[] = [];
    app.get(MapChanges).onMapChange(async (change) => void changes.push(change));
    return {
      ...replica,
      collect,
      changes,
      call: (method, path, body) => replica.call(method, `/vcenters${path}`, body),
      async collected(id) {
        await collect.settled();
        const status = await store.read.vcenters.status(id);
        if (status === null) throw new Error('the vCenter is gone');
        return status;
      },
    };
  }

  async close(): Promise<void> {
    for (const { app } of this.replicas) await app.close();
    for (const end of this.ends) await end();
    await this.database.drop();
    await rm(this.folder, { recursive: true, force: true });
  }
}
