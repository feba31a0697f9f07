import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { VcenterStatus } from '@lunwarden/contract';
import { smallSan, vcsimTruth } from '@lunwarden/sample-fleet';
import { type MapChange, Store } from '@lunwarden/store';
import { type INestApplication, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  answer,
  type Fault,
  type FaultProxy,
  refuseProperties,
  reset,
  startFaultProxy,
  status,
} from '../../../../libs/vsphere/testing/fault-proxy.js';
import { account, findVcsim, startVcsim, type Vcsim } from '../../../../libs/vsphere/testing/vcsim.js';
import { type FreshDatabase, freshDatabase } from '../../../../tools/testing/fresh-database.js';
import type { ApiConfig } from '../config.js';
import { securityHeaders } from '../http/headers.js';
import { HttpModule } from '../http/http.module.js';
import { NestLog, openLog } from '../http/logger.js';
import { httpServer } from '../http/server.js';
import { StoreModule } from '../store.module.js';
import { CollectService } from './collect.service.js';
import { MapChanges } from './map-changes.js';
import { VcentersModule } from './vcenters.module.js';

@Module({})
class Doors {}

const vcsim = await findVcsim();
const truth = vcsimTruth(smallSan);
const canary = 'canary-7f3a-"quoted"-\u00e4';

let folder: string;
let database: FreshDatabase;
let simulator: Vcsim | null = null;
let proxy: FaultProxy | null = null;
let faults: Fault[] = [];
let apps: INestApplication[] = [];
let logged = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lunwarden-vcenters-'));
  await writeFile(join(folder, 'keyring'), randomBytes(32).toString('base64'), { mode: 0o600 });
  if (vcsim !== null) simulator = await startVcsim(vcsim, { order: smallSan });
});
afterAll(async () => {
  await simulator?.stop();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  database = await freshDatabase();
  [faults, apps, logged] = [[], [], ''];
  if (simulator !== null) proxy = await startFaultProxy(simulator.url, faults);
});
afterEach(async () => {
  for (const app of apps) await app.close();
  await proxy?.stop();
  await database.drop();
});

/** A replica without guard: who may pass is the business of `access`. */
async function replica(role: ApiConfig['role'] = 'worker') {
  const config: ApiConfig = {
    databaseUrl: database.url,
    host: '127.0.0.1',
    port: 0,
    keyringFile: join(folder, 'keyring'),
    dashboardDir: null,
    version: 'test',
    role,
    trustedOrigins: [],
    allowUnsafeDatabase: true,
  };
  const module = { module: Doors, imports: [StoreModule.for(config), HttpModule, VcentersModule] };
  const log = new NestLog(openLog('trace', { write: (line: string) => (logged += line) }));
  const app = await NestFactory.create<NestFastifyApplication>(module, httpServer(securityHeaders(false)), {
    abortOnError: false,
    bodyParser: false,
    logger: log,
  });
  apps.push(app);
  const changes: MapChange[] = [];
  app.get(MapChanges).onMapChange(async (change) => void changes.push(change));
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  const call = async (method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown) => {
    const answered = await app.inject({
      method,
      url: `/api/v1/vcenters${path}`,
      ...(body === undefined ? {} : { payload: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    return { status: answered.statusCode, text: answered.body, json: () => JSON.parse(answered.body) };
  };
  const collected = async (id: string): Promise<VcenterStatus> => {
    await app.get(CollectService).settled();
    return app.get(Store).read.vcenters.status(id) as Promise<VcenterStatus>;
  };
  return { app, call, collected, changes, store: app.get(Store), collect: app.get(CollectService) };
}

const request = (url: string, password: string = account.password) => ({
  name: 'lab',
  url,
  username: account.username,
  password,
  trust: { kind: 'loopback' },
});
const proxyUrl = () => proxy?.url ?? '';
const hurt = (...acts: Fault[]) => faults.splice(0, faults.length, ...acts);

/** Logins wait until the answer is called. */
function holdLogins(): () => void {
  let release = () => {};
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  hurt({
    method: 'Login',
    act: async ({ response, forward }) => {
      await gate;
      answer(response, await forward());
    },
  });
  return release;
}

/** Every row of every table, as text. */
async function everythingStored(store: Store): Promise<string> {
  const tables: { name: string }[] = await store.dataSource.query(
    `SELECT quote_ident(table_name) AS name FROM information_schema.tables WHERE table_schema = 'public'`,
  );
  const rows = await Promise.all(tables.map(({ name }) => store.dataSource.query(`SELECT t::text FROM ${name} t`)));
  return JSON.stringify(rows);
}

describe.skipIf(vcsim === null)('a vCenter', () => {
  it('is read as soon as it is added, and who judges is told which LUNs are concerned', async () => {
    const { call, collected, changes, store } = await replica();
    const added = await call('POST', '', request(proxyUrl()));
    expect(added.status).toBe(201);
    expect(added.json()).toMatchObject({ state: 'collecting', mapCollectedAt: null, lastError: null });
    const { id } = added.json();
    expect(await collected(id)).toMatchObject({
      state: 'ok',
      lastError: null,
      gaps: 0,
      datastores: truth.datastores.length,
      hosts: truth.hosts.length,
      vms: truth.vms.length,
    });
    expect(changes.map(({ kind }) => kind)).toEqual(['added', 'first-map']);
    const vmfs = truth.datastores.filter(({ type }) => type === 'VMFS');
    const { datastores } = await store.read.maps.index();
    expect(datastores.map(({ vmfsUuid }) => vmfsUuid).sort()).toEqual(vmfs.map(({ uuid }) => uuid).sort());
    const keys = new Set(datastores.flatMap(({ extents }) => extents.flat()));
    expect(new Set(changes[1]?.lunKeys)).toEqual(keys);
    expect(keys.size).toBeGreaterThan(100);
    const told = (await store.read.changes.since(0, 100)).map(
      (change) => change.kind === 'vcenter' && change.vcenter.state,
    );
    expect(told).toEqual(['never-collected', 'collecting', 'ok']);
  });

  it('keeps its last complete map when it answers in part, and says what is missing', async () => {
    const { call, collected, changes, store } = await replica();
    const { id } = (await call('POST', '', request(proxyUrl()))).json();
    const whole = await collected(id);
    const before = (await store.read.maps.index()).datastores;
    hurt({ method: 'RetrievePropertiesEx', act: refuseProperties((kind) => kind === 'Datastore') });
    expect((await call('POST', `/${id}/collect`)).status).toBe(202);
    const half = await collected(id);
    expect(half).toMatchObject({ state: 'incomplete', mapCollectedAt: whole.mapCollectedAt, vms: truth.vms.length });
    expect(half.gaps).toBeGreaterThan(0);
    expect((await store.read.maps.index()).datastores).toEqual(before);
    expect(changes.map(({ kind }) => kind)).toEqual(['added', 'first-map']);
    const gaps = (await call('GET', `/${id}/gaps`)).json();
    expect(gaps.total).toBe(half.gaps);
    expect(gaps.gaps[0].reason).toContain('NoPermission');
  });

  it('has no map at all while its first one is incomplete', async () => {
    hurt({ method: 'RetrievePropertiesEx', act: refuseProperties((kind) => kind === 'VirtualMachine') });
    const { call, collected, store } = await replica();
    const { id } = (await call('POST', '', request(proxyUrl()))).json();
    expect(await collected(id)).toMatchObject({ state: 'incomplete', mapCollectedAt: null, datastores: 0, vms: 0 });
    expect((await store.read.maps.index()).datastores).toEqual([]);
  });

  it('is never asked twice with a wrong password, unless a person asks', async () => {
    const { call, collected, collect } = await replica();
    const { id } = (await call('POST', '', request(proxyUrl(), 'wrong'))).json();
    expect(await collected(id)).toMatchObject({ state: 'failed', mapCollectedAt: null });
    for (let round = 0; round < 3; round++) await collect.beginDue();
    await collect.settled();
    expect(proxy?.seen.get('Login')).toBe(1);
    await call('POST', `/${id}/collect`);
    await collect.settled();
    expect(proxy?.seen.get('Login')).toBe(2);
  });

  it('is read by one replica at a time', async () => {
    const release = holdLogins();
    const replicas = await Promise.all([replica(), replica(), replica()]);
    const { id } = (await replicas[0].call('POST', '', request(proxyUrl()))).json();
    const begun = await Promise.all(replicas.map(({ collect }) => collect.begin(id)));
    expect(begun).toEqual([false, false, false]);
    release();
    expect(await replicas[0].collected(id)).toMatchObject({ state: 'ok' });
    await Promise.all(replicas.map(({ store }) => store.read.collections.makeDue(id)));
    const again = await Promise.all(replicas.map(({ collect }) => collect.begin(id)));
    expect(again.filter((won) => won)).toHaveLength(1);
    await Promise.all(replicas.map(({ collect }) => collect.settled()));
    expect(proxy?.seen.get('Login')).toBe(2);
  });

  it('is not written by one who lost its lease meanwhile', async () => {
    const release = holdLogins();
    const { call, collected, store } = await replica('all');
    const { id } = (await call('POST', '', request(proxyUrl()))).json();
    await store.dataSource.query(`UPDATE vcenter_collection SET lease_owner = $1`, [randomUUID()]);
    release();
    expect(await collected(id)).toMatchObject({ state: 'collecting', mapCollectedAt: null, lastAttemptAt: null });
    expect((await store.read.maps.index()).datastores).toEqual([]);
  });

  it('is given back at once by a replica that shuts down', async () => {
    holdLogins();
    const first = await replica();
    const { id } = (await first.call('POST', '', request(proxyUrl()))).json();
    const second = await replica('api');
    expect(await second.store.read.vcenters.status(id)).toMatchObject({ state: 'collecting' });
    await first.app.close();
    expect(await second.store.read.vcenters.status(id)).toMatchObject({
      state: 'never-collected',
      lastAttemptAt: null,
    });
    expect(await second.store.read.collections.due()).toEqual([id]);
  });

  it('tells those who judge again after they failed', async () => {
    const { app, call, collected, changes, store } = await replica();
    let isBroken = true;
    app.get(MapChanges).onMapChange(async ({ kind }) => {
      if (isBroken && kind === 'first-map') throw new Error('judging broke');
    });
    const { id } = (await call('POST', '', request(proxyUrl()))).json();
    await collected(id);
    expect((await store.read.mapChanges.pending()).map(({ kind }) => kind)).toEqual(['first-map']);
    isBroken = false;
    await app.get(MapChanges).deliver();
    expect(await store.read.mapChanges.pending()).toEqual([]);
    expect(changes.filter(({ kind }) => kind === 'first-map').length).toBeGreaterThan(1);
  });

  it('takes its map, its credential and its LUNs with it when it is removed', async () => {
    const { app, call, collected, changes, store } = await replica();
    const { id } = (await call('POST', '', request(proxyUrl()))).json();
    await collected(id);
    expect((await call('DELETE', `/${id}`)).status).toBe(204);
    await app.get(MapChanges).deliver();
    expect(changes.at(-1)).toMatchObject({ kind: 'removed', vcenterId: id });
    expect(changes.at(-1)?.lunKeys.length).toBeGreaterThan(100);
    expect((await call('GET', '')).json()).toEqual([]);
    expect((await store.read.maps.index()).datastores).toEqual([]);
    expect((await call('DELETE', `/${id}`)).status).toBe(404);
    expect((await store.read.changes.since(0, 100)).at(-1)?.kind).toBe('vcenter-removed');
  });

  it('answers a test of its connection without being stored', async () => {
    const { call } = await replica();
    const met = await call('POST', '/probe', request(proxyUrl()));
    expect([met.status, met.json().ok]).toEqual([200, true]);
    const refused = await call('POST', '/probe', request(proxyUrl(), canary));
    expect([refused.status, refused.json().ok]).toEqual([200, false]);
    expect(refused.text).not.toContain(canary);
    expect((await call('GET', '')).json()).toEqual([]);
  });
});

describe('a vCenter that cannot be reached', () => {
  it('fails with a reason, and is tried again later by itself', async () => {
    const { call, collected, store } = await replica();
    const { id } = (await call('POST', '', request('http://127.0.0.1:9'))).json();
    const failed = await collected(id);
    expect(failed).toMatchObject({ state: 'failed', mapCollectedAt: null });
    expect(failed.lastError).not.toBe('');
    const [row] = await store.dataSource.query('SELECT due_at > now() AS later, failures FROM vcenter_collection');
    expect(row).toEqual({ later: true, failures: 1 });
  });

  it('is left to the workers by a replica that only serves', async () => {
    const { call, collect, collected } = await replica('api');
    const added = (await call('POST', '', request('http://127.0.0.1:9'))).json();
    expect(added.state).toBe('never-collected');
    await collect.settled();
    expect(await collected(added.id)).toMatchObject({ state: 'never-collected' });
    const worker = await replica('worker');
    await worker.collect.beginDue();
    expect(await worker.collected(added.id)).toMatchObject({ state: 'failed' });
  });
});

describe('an address', () => {
  it.each([
    ['http to another machine', 'http://vcenter.example.com', { kind: 'loopback' }],
    ['http with a verified certificate', 'http://127.0.0.1', { kind: 'system' }],
    ['https as loopback', 'https://127.0.0.1', { kind: 'loopback' }],
    ['an account in it', 'https://user:secret@vcenter.example.com', { kind: 'system' }],
    ['a path in it', 'https://vcenter.example.com/other', { kind: 'system' }],
    ['another protocol', 'file:///etc/passwd', { kind: 'system' }],
  ])('with %s is refused and not stored', async (_, url, trust) => {
    const { call } = await replica('api');
    expect((await call('POST', '', { ...request(url), trust })).status).toBe(422);
    expect((await call('GET', '')).json()).toEqual([]);
  });

  it('is stored once, however it is written', async () => {
    const { call } = await replica('api');
    const first = { ...request('https://VCENTER.example.com:443/sdk'), trust: { kind: 'system' } };
    expect((await call('POST', '', first)).json().url).toBe('https://vcenter.example.com');
    const second = { ...first, name: 'again', url: 'https://vcenter.example.com/' };
    expect((await call('POST', '', second)).status).toBe(409);
    expect((await call('POST', '', { ...first, url: 'https://other.example.com' })).status).toBe(409);
  });
});

describe('the password of a vCenter', () => {
  it('is in no answer, no log, no error and no row', async () => {
    const { call, collected, store } = await replica();
    const answers: string[] = [];
    const say = async (...args: Parameters<typeof call>) => {
      const answered = await call(...args);
      answers.push(answered.text);
      return answered;
    };
    const url = vcsim === null ? 'http://127.0.0.1:9' : proxyUrl();
    const { id } = (await say('POST', '', request(url, canary))).json();
    await collected(id);
    hurt({ method: 'Login', act: reset });
    await say('POST', `/${id}/collect`);
    await collected(id);
    hurt({ method: 'Login', act: status(503, `sorry, ${canary}`) });
    await say('POST', `/${id}/collect`);
    await collected(id);
    await say('POST', '', request(url, canary));
    await say('POST', '', { ...request(url, canary), trust: { kind: 'none' } });
    await say('POST', '/probe', request('http://127.0.0.1:9', canary));
    await store.dataSource.query(`UPDATE vcenter SET secret_sealed = secret_wrapped_key`);
    await say('POST', `/${id}/collect`);
    expect(await collected(id)).toMatchObject({
      state: 'failed',
      lastError: expect.stringContaining('cannot be opened'),
    });
    await say('GET', '');
    await say('GET', `/${id}/gaps`);
    const everything = [...answers, logged, await everythingStored(store)].join('\n');
    expect(everything).toContain('lab');
    expect(logged).toContain('collected');
    for (const form of [
      canary,
      JSON.stringify(canary),
      Buffer.from(canary).toString('base64'),
      Buffer.from(canary).toString('hex'),
      'canary-7f3a',
    ])
      expect(everything).not.toContain(form);
  });
});
