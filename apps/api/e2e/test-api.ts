import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { csrfHeader } from '@lunwarden/contract';
import pg from 'pg';
import { freshDatabase } from '../../../tools/testing/fresh-database.js';
import { type ApiConfig, type StartedApi, startApi } from '../src/index.js';

export type TestApi = StartedApi & {
  databaseUrl: string;
  keyringFile: string;
  /** Asks the database past the API. */
  sql(text: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
};

export const password = 'correct horse battery staple';

/** The API as it ships, on a database and a port of its own. */
export async function startTestApi(changes: Partial<ApiConfig> = {}): Promise<TestApi> {
  const database = await freshDatabase();
  const folder = await mkdtemp(join(tmpdir(), 'lunwarden-api-'));
  const keyringFile = join(folder, 'keyring');
  await writeFile(keyringFile, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600 });
  const api = await startApi({
    databaseUrl: database.url,
    host: '127.0.0.1',
    port: 0,
    keyringFile,
    dashboardDir: null,
    version: '0.1.0-test',
    role: 'api',
    trustedOrigins: [],
    allowUnsafeDatabase: true,
    ...changes,
  });
  const client = new pg.Pool({ connectionString: database.url, max: 2 });
  return {
    ...api,
    databaseUrl: database.url,
    keyringFile,
    sql: async (text, values = []) => (await client.query<Record<string, unknown>>(text, values)).rows,
    async close() {
      await api.close();
      await client.end();
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** What the dashboard sends with a write. */
export const browserHeaders = {
  'content-type': 'application/json',
  'sec-fetch-site': 'same-origin',
  [csrfHeader.name]: csrfHeader.value,
} as const;

export const post = (url: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(url, { method: 'POST', headers: { ...browserHeaders, ...headers }, body: JSON.stringify(body) });

/** Signs in and gives the Cookie header. */
export async function signIn(api: TestApi, username: string): Promise<string> {
  const answer = await post(`${api.url}/api/v1/login`, { username, password });
  if (answer.status !== 200) throw new Error(`sign-in failed: ${answer.status} ${await answer.text()}`);
  return cookieOf(answer);
}

export function cookieOf(answer: Response): string {
  const [cookie] = answer.headers.getSetCookie();
  if (cookie === undefined) throw new Error('the answer sets no cookie');
  return cookie.split(';')[0]!;
}

/** Enrols a host and gives its Authorization header. */
export async function enrolHost(api: TestApi, hostname = 'proxy-01'): Promise<{ hostId: string; bearer: string }> {
  const token = await api.admin.createEnrollToken({ label: 'test', maxUses: 1, expiresInHours: 1 });
  const answer = await post(`${api.url}/api/v1/enroll`, enrolment(token, hostname));
  const { hostId, key } = (await answer.json()) as { hostId: string; key: string };
  return { hostId, bearer: `Bearer ${key}` };
}

export const enrolment = (token: string, hostname = 'proxy-01') => ({
  token,
  installId: '5f1c7e52-9d5b-4c2e-8a41-3f4b7f0c1d22',
  hostname,
  platform: 'windows' as const,
});
