import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type StartedApi, startApi } from '@lunwarden/api';
import { ChangeWindow, csrfHeader, FleetSnapshot, HostGate, type VcenterRequest } from '@lunwarden/contract';
import {
  evolve,
  hasFlaw,
  presentedLuns,
  reachIn,
  type SampleFleet,
  type SampleHost,
  sampleFleet,
} from '@lunwarden/sample-fleet';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../../../../tools/testing/fresh-database.js';
import { type DemoOptions, type RunningDemo, startDemo } from './start-demo.js';

const size = { hosts: 36, vcenters: 2, seed: 7 };
const admin = { username: 'admin', password: 'correct horse battery staple' };

let home: string;
let database: FreshDatabase;
let api: StartedApi;
let cookie: string;
let running: { demo: RunningDemo; stop: AbortController } | null = null;
const lines: string[] = [];

async function openApi(port = 0): Promise<void> {
  api = await startApi({
    databaseUrl: database.url,
    host: '127.0.0.1',
    port,
    keyringFile: join(home, 'keyring'),
    dashboardDir: null,
    version: '0.0.0-demo',
    role: 'all',
    trustedOrigins: [],
    allowUnsafeDatabase: true,
  });
}

const post = (path: string, body: unknown, more: Record<string, string> = {}) =>
  fetch(`${api.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', [csrfHeader.name]: csrfHeader.value, origin: api.url, ...more },
    body: JSON.stringify(body),
  });

async function signIn(): Promise<void> {
  const answer = await post('/api/v1/setup', { code: api.setupCode, ...admin });
  expect(answer.status, await answer.clone().text()).toBe(201);
  cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
}

const fleetOf = async () =>
  FleetSnapshot.parse(await (await fetch(`${api.url}/api/v1/fleet`, { headers: { cookie } })).json());

async function until<T>(what: string, look: () => Promise<T | false>): Promise<T> {
  for (const end = Date.now() + 30_000; Date.now() < end; await sleep(100)) {
    const seen = await look();
    if (seen !== false) return seen;
  }
  throw new Error(`waited in vain: ${what}\n${lines.join('\n')}`);
}

const addVcenter = async (request: VcenterRequest): Promise<void> => {
  const answer = await post('/api/v1/vcenters', request, { cookie });
  if (answer.status !== 201) throw new Error(await answer.text());
};

/** As an administrator asks. */
async function asked(path: string, body: unknown): Promise<void> {
  const answer = await post(`/api/v1${path}`, body, { cookie });
  if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
}
const read = async (path: string): Promise<unknown> =>
  (await fetch(`${api.url}/api/v1${path}`, { headers: { cookie } })).json();

async function begin(more: Partial<DemoOptions> = {}): Promise<RunningDemo> {
  const stop = new AbortController();
  const createEnrollToken = () => api.admin.createEnrollToken({ label: 'demo', maxUses: 1000, expiresInHours: 24 });
  const demo = await startDemo({
    apiUrl: api.url,
    doors: {
      createEnrollToken,
      addVcenter,
      planWindow: (request) => asked('/windows', request),
      requestPreflight: (hostId) => asked(`/hosts/${hostId}/preflight`, {}),
    },
    home,
    log: (line) => lines.push(line),
    signal: stop.signal,
    changeEveryMs: 3_600_000,
    ...size,
    ...more,
  });
  running = { demo, stop };
  return demo;
}

async function end(): Promise<void> {
  running?.stop.abort();
  await running?.demo.ended;
  running = null;
}

const stateOnDisk = async () => JSON.parse(await readFile(join(home, 'demo-fleet.json'), 'utf8'));

/** The same fleet, made again from what the demo wrote down. */
async function trueFleet(): Promise<SampleFleet> {
  const { asOf, step } = await stateOnDisk();
  let fleet = sampleFleet({ ...size, asOf });
  while (fleet.step < step) fleet = evolve(fleet);
  return fleet;
}

type Shown = { hostname: string; vms: number; datastores: number };
const reachShown = (hostname: string, reach: { vms: number | readonly string[]; datastores: readonly string[] }) => ({
  hostname,
  vms: typeof reach.vms === 'number' ? reach.vms : reach.vms.length,
  datastores: reach.datastores.length,
});
const byName = (a: Shown, b: Shown) => a.hostname.localeCompare(b.hostname);

const mapsAreIn = () =>
  until('the maps of all vCenters', async () => {
    const { vcenters } = await fleetOf();
    return vcenters.length === size.vcenters && vcenters.every((one) => one.state === 'ok');
  });

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'lunwarden-demo-'));
  await writeFile(join(home, 'keyring'), `${randomBytes(32).toString('base64')}\n`, { mode: 0o600 });
  lines.length = 0;
  database = await freshDatabase();
  await openApi();
  await signIn();
});
afterEach(async () => {
  await end();
  await api.close();
  await database.drop();
  await rm(home, { recursive: true, force: true });
});

describe('the demo', () => {
  it('fills the API through its doors, and the reach of every host is the true one', async () => {
    const demo = await begin();
    expect(await demo.ready).toMatchObject({ hosts: size.hosts });
    await mapsAreIn();
    const fleet = await trueFleet();
    const reachOf = reachIn(fleet);
    const isShown = (one: SampleHost) => !one.isSilent && !hasFlaw(one, 'access-denied');
    const told = fleet.hosts.filter(isShown).map((one) => reachShown(one.hostname, reachOf(one)));
    await until('a reach for every host', async () => {
      const { hosts } = await fleetOf();
      return told.every(({ hostname, vms }) => hosts.some((one) => one.hostname === hostname && one.vms >= vms));
    }).catch(() => undefined);
    const { hosts } = await fleetOf();
    const shown = hosts.filter((one) => told.some(({ hostname }) => hostname === one.hostname));
    expect(shown.map((one) => reachShown(one.hostname, { ...one, datastores: one.datastoreIds })).sort(byName)).toEqual(
      told.sort(byName),
    );
    expect((await fleetOf()).hosts).toHaveLength(size.hosts);
    expect(fleet.hosts.some((host) => presentedLuns(host).length > 0)).toBe(true);
    expect((await stat(join(home, 'demo-fleet.json'))).mode & 0o077).toBe(0);
  });

  it('plans a change whose host answers its pre-flight, and one after which nobody looked', async () => {
    await (await begin()).ready;
    const windows = () => read('/windows').then((list) => ChangeWindow.array().parse(list));
    await until('both windows', async () => (await windows()).length === 2);
    const gates = async () =>
      Promise.all(
        (await windows()).map(async ({ id, hostIds }) =>
          HostGate.parse(await read(`/hosts/${hostIds?.[0]}/gate?window=${id}&asks=plan`)),
        ),
      );
    await until('the answer to the pre-flight', async () =>
      (await gates()).some(({ preflight, verdict }) => preflight?.state === 'answered' && verdict !== 'go'),
    );
    await until('an end without a report', async () =>
      (await gates()).some(({ postflight }) => postflight?.state === 'pending'),
    );
    await end();
    await (await begin()).ready;
    await sleep(500);
    expect(await windows()).toHaveLength(2);
  });

  it('goes on changing the fleet', async () => {
    const demo = await begin({ changeEveryMs: 100 });
    await demo.ready;
    const { seq } = await fleetOf();
    await until('twenty changes', async () => (await fleetOf()).seq > seq + 20);
  });

  it('speaks for the same proxies at its second start', async () => {
    await (await begin()).ready;
    await end();
    const before = await stateOnDisk();
    await (await begin()).ready;
    await mapsAreIn();
    const { hosts, vcenters } = await fleetOf();
    expect(hosts).toHaveLength(size.hosts);
    expect(hosts.filter((host) => host.state === 'identity-conflict')).toEqual([]);
    expect(vcenters).toHaveLength(size.vcenters);
    expect((await stateOnDisk()).keys).toEqual(before.keys);
  });

  it('goes on when the API comes back', async () => {
    const port = Number(new URL(api.url).port);
    await (await begin({ changeEveryMs: 100 })).ready;
    await api.close();
    await until('a word about it', async () => lines.some((line) => line.includes('does not answer')));
    await openApi(port);
    const { seq } = await fleetOf();
    await until('changes after the restart', async () => (await fleetOf()).seq > seq + 5);
    expect((await fleetOf()).hosts).toHaveLength(size.hosts);
  });

  it('begins anew with a new database, though it remembers the keys of an old one', async () => {
    await (await begin()).ready;
    await end();
    await api.close();
    await database.drop();
    database = await freshDatabase();
    await openApi();
    await signIn();
    await (await begin()).ready;
    await mapsAreIn();
    expect((await fleetOf()).hosts).toHaveLength(size.hosts);
  });
});
