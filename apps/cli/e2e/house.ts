import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type StartedApi, startApi } from '@lunwarden/api';
import {
  csrfHeader,
  EnrollReceipt,
  EnrollTokenCreated,
  FleetSnapshot,
  HostDetail,
  type HostFacts,
  type HostSummary,
  type ProxyReport,
  ReportReceipt,
  type VcenterRequest,
  VcenterStatus,
} from '@lunwarden/contract';
import { reportOf } from '@lunwarden/sample-fleet';
import { type FreshDatabase, freshDatabase } from '../../../tools/testing/fresh-database.js';

export const admin = { username: 'admin', password: 'correct horse battery staple' };

/** A proxy that enrolled: it speaks with its own key only. */
export type EnrolledProxy = { hostId: string; key: string; installId: string; bootId: string; hostname: string };

/** A whole Lunwarden on a database of its own, entered through its doors only. */
export type House = {
  url: string;
  databaseUrl: string;
  cookie: string;
  /** Lets time pass for the server. */
  passTime(ms: number): void;
  enroll(hostname: string, platform?: 'windows' | 'linux'): Promise<EnrolledProxy>;
  report(
    proxy: EnrolledProxy,
    facts: HostFacts,
    overrides?: Partial<ProxyReport>,
  ): Promise<{ status: number; receipt: ReportReceipt }>;
  fleet(): Promise<FleetSnapshot>;
  host(hostId: string): Promise<HostDetail>;
  summary(hostId: string): Promise<HostSummary>;
  addVcenter(request: VcenterRequest): Promise<VcenterStatus>;
  /** A token with which so many hosts may enrol. */
  createEnrollToken(maxUses: number): Promise<string>;
  get(path: string): Promise<Response>;
  post(path: string, body: unknown): Promise<Response>;
  close(): Promise<void>;
};

let seq = 0;

export async function openHouse(options: { dashboardDir?: string } = {}): Promise<House> {
  const database = await freshDatabase();
  const folder = await mkdtemp(join(tmpdir(), 'lunwarden-e2e-'));
  const keyringFile = join(folder, 'keyring');
  await writeFile(keyringFile, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600 });
  let ahead = 0;
  const api = await startApi({
    databaseUrl: database.url,
    host: '127.0.0.1',
    port: 0,
    keyringFile,
    dashboardDir: options.dashboardDir ?? null,
    version: '0.0.0-e2e',
    role: 'all',
    trustedOrigins: [],
    allowUnsafeDatabase: true,
    now: () => new Date(Date.now() + ahead),
  });
  const cookie = await setUp(api);
  return {
    url: api.url,
    databaseUrl: database.url,
    cookie,
    passTime: (ms) => {
      ahead += ms;
    },
    ...doorsOf(api, cookie, () => new Date(Date.now() + ahead)),
    close: () => close(api, database, folder),
  };
}

async function close(api: StartedApi, database: FreshDatabase, folder: string): Promise<void> {
  await api.close();
  await database.drop();
  await rm(folder, { recursive: true, force: true });
}

const writing = (url: string) => ({
  'content-type': 'application/json',
  [csrfHeader.name]: csrfHeader.value,
  origin: url,
});

async function setUp({ url, setupCode }: Pick<StartedApi, 'url' | 'setupCode'>): Promise<string> {
  const answer = await fetch(`${url}/api/v1/setup`, {
    method: 'POST',
    headers: writing(url),
    body: JSON.stringify({ code: setupCode, ...admin }),
  });
  const cookie = answer.headers.get('set-cookie')?.split(';')[0];
  if (answer.status !== 201 || cookie === undefined)
    throw new Error(`set-up failed: ${answer.status} ${await answer.text()}`);
  return cookie;
}

async function signIn(url: string): Promise<string> {
  const answer = await fetch(`${url}/api/v1/login`, {
    method: 'POST',
    headers: writing(url),
    body: JSON.stringify(admin),
  });
  const cookie = answer.headers.get('set-cookie')?.split(';')[0];
  if (cookie === undefined) throw new Error(`signing in failed: ${answer.status} ${await answer.text()}`);
  return cookie;
}

function doorsOf(api: StartedApi, cookie: string, now: () => Date) {
  let session = cookie;
  // Where a test lets hours pass, the session has ended like anybody's.
  const get = async (path: string): Promise<Response> => {
    const answer = await fetch(`${api.url}${path}`, { headers: { cookie: session } });
    if (answer.status !== 401) return answer;
    session = await signIn(api.url);
    return fetch(`${api.url}${path}`, { headers: { cookie: session } });
  };
  const post = (path: string, body: unknown) =>
    fetch(`${api.url}${path}`, {
      method: 'POST',
      headers: { ...writing(api.url), cookie: session },
      body: JSON.stringify(body),
    });
  const fleet = async () => FleetSnapshot.parse(await (await get('/api/v1/fleet')).json());
  return {
    get,
    post,
    fleet,
    host: async (hostId: string) => HostDetail.parse(await (await get(`/api/v1/hosts/${hostId}`)).json()),
    summary: async (hostId: string) => {
      const found = (await fleet()).hosts.find((host) => host.hostId === hostId);
      if (found === undefined) throw new Error(`host ${hostId} is not in the fleet`);
      return found;
    },
    addVcenter: async (request: VcenterRequest) =>
      VcenterStatus.parse(await (await post('/api/v1/vcenters', request)).json()),
    createEnrollToken: (maxUses: number) => api.admin.createEnrollToken({ label: 'e2e', maxUses, expiresInHours: 1 }),
    enroll: (hostname: string, platform: 'windows' | 'linux' = 'windows') => enroll(api, hostname, platform),
    report: (proxy: EnrolledProxy, facts: HostFacts, overrides: Partial<ProxyReport> = {}) =>
      send(api.url, proxy, reportFrom(proxy, facts, { ...overrides, sentAt: now().toISOString() })),
  };
}

/** What an administrator does with an API in another process. */
export type Client = {
  enroll(hostname: string): Promise<EnrolledProxy>;
  get(path: string): Promise<unknown>;
  post(path: string, body: unknown): Promise<unknown>;
};

export async function clientOf(url: string, setupCode: string | null): Promise<Client> {
  const cookie = await setUp({ url, setupCode });
  const read = async (answer: Response): Promise<unknown> => {
    if (!answer.ok) throw new Error(`${answer.url} answered ${answer.status}: ${await answer.text()}`);
    return answer.json();
  };
  const post = async (path: string, body: unknown) =>
    read(
      await fetch(`${url}/api/v1${path}`, {
        method: 'POST',
        headers: { ...writing(url), cookie },
        body: JSON.stringify(body),
      }),
    );
  return {
    post,
    get: async (path) => read(await fetch(`${url}/api/v1${path}`, { headers: { cookie } })),
    enroll: async (hostname) => {
      const created = await post('/enroll-tokens', { label: hostname, maxUses: 1, expiresInHours: 1 });
      return enrollWith(url, EnrollTokenCreated.parse(created).token, hostname, 'windows');
    },
  };
}

async function enroll(api: StartedApi, hostname: string, platform: 'windows' | 'linux'): Promise<EnrolledProxy> {
  const token = await api.admin.createEnrollToken({ label: hostname, maxUses: 1, expiresInHours: 1 });
  return enrollWith(api.url, token, hostname, platform);
}

async function enrollWith(
  url: string,
  token: string,
  hostname: string,
  platform: 'windows' | 'linux',
): Promise<EnrolledProxy> {
  const installId = randomUUID();
  const answer = await fetch(`${url}/api/v1/enroll`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token, installId, hostname, platform }),
  });
  const { hostId, key } = EnrollReceipt.parse(await answer.json());
  return { hostId, key, installId, bootId: randomUUID(), hostname };
}

/** A report of this proxy as it would send it now: the next number, two seconds old. */
export function reportFrom(proxy: EnrolledProxy, facts: HostFacts, overrides: Partial<ProxyReport> = {}): ProxyReport {
  return reportOf(
    { ...facts, hostname: proxy.hostname },
    {
      reportId: uuidv7(),
      installId: proxy.installId,
      bootId: proxy.bootId,
      seq: ++seq,
      collectedAt: new Date().toISOString(),
      ...overrides,
    },
  );
}

export async function send(
  url: string,
  proxy: EnrolledProxy,
  report: ProxyReport,
): Promise<{ status: number; receipt: ReportReceipt }> {
  const answer = await fetch(`${url}/api/v1/reports`, {
    method: 'POST',
    headers: { authorization: `Bearer ${proxy.key}`, 'content-type': 'application/json', 'content-encoding': 'gzip' },
    body: gzipSync(JSON.stringify(report)),
  });
  const body = await answer.text();
  if (answer.status >= 300) throw new Error(`report refused: ${answer.status} ${body}`);
  return { status: answer.status, receipt: ReportReceipt.parse(JSON.parse(body)) };
}

/** RFC 9562: 48 bits of milliseconds, then random. */
export function uuidv7(at = Date.now()): string {
  const time = at.toString(16).padStart(12, '0');
  const random = randomUUID();
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(15)}`;
}

/** Waits until `look` answers something; an assertion that must come true says so with a name. */
export async function until<T>(
  what: string,
  look: () => Promise<T | null | undefined | false>,
  timeoutMs = 20_000,
): Promise<T> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    if (Date.now() > end) throw new Error(`waited ${timeoutMs} ms in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
