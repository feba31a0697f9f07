import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LiveFrame, livePath } from '@lunwarden/contract';
import { Store } from '@lunwarden/store';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import pg from 'pg';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { type FreshDatabase, freshDatabase } from '../../../../tools/testing/fresh-database.js';
import { cookieOf, password, post } from '../../e2e/test-api.js';
import { SignInService } from '../access/sign-in.service.js';
import { appModule } from '../app.module.js';
import { securityHeaders } from '../http/headers.js';
import { httpServer } from '../http/server.js';
import { LiveGateway } from './live.gateway.js';
import { StreamService } from './stream.service.js';

let database: FreshDatabase;
let folder: string;
let app: NestFastifyApplication;
let client: pg.Pool;
let host: string;
let cookie: string;

beforeAll(async () => {
  database = await freshDatabase();
  folder = await mkdtemp(join(tmpdir(), 'lunwarden-live-'));
  const keyringFile = join(folder, 'keyring');
  await writeFile(keyringFile, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600 });
  const config = {
    ...{ databaseUrl: database.url, host: '127.0.0.1', port: 0, keyringFile, dashboardDir: null, version: 'spec' },
    ...{ role: 'api' as const, trustedOrigins: [], allowUnsafeDatabase: true },
  };
  app = await NestFactory.create<NestFastifyApplication>(appModule(config), httpServer(securityHeaders(false)), {
    logger: ['error'],
    bodyParser: false,
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.getHttpServer().address() as AddressInfo;
  host = `127.0.0.1:${port}`;
  client = new pg.Pool({ connectionString: database.url, max: 2 });
  await app.get(SignInService).saveAdmin('ada', password);
  cookie = cookieOf(await post(`http://${host}/api/v1/login`, { username: 'ada', password }));
});
afterAll(async () => {
  await app.close();
  await client.end();
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

const waitingForChanges = async (): Promise<number> => {
  const waits = `SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%FROM change %'`;
  return (await client.query(waits)).rowCount ?? 0;
};

/** A dashboard that was told everything up to `since`; the first frame says that it was let in. */
async function dashboard(since: number): Promise<WebSocket> {
  const socket = new WebSocket(`ws://${host}${livePath}?since=${since}`, {
    headers: { cookie, origin: `http://${host}` },
  });
  await once(socket, 'message');
  return socket;
}

/** Something to catch up with that the stream has heard of. */
async function grow(): Promise<void> {
  const at = new Date().toISOString();
  const change = { kind: 'blast' as const, at, vmsAtRisk: { count: 1, isComplete: true } };
  await app.get(Store).inTransaction((tx) => tx.changes.append([change]));
  await vi.waitFor(() => expect(app.get(StreamService).seq).toBeGreaterThan(0), 10_000);
}

it('keeps no dashboard that went away while it was told what it had missed', async () => {
  const gateway = app.get(LiveGateway);
  await grow();
  const held = await client.connect();
  await held.query('BEGIN; LOCK TABLE change IN ACCESS EXCLUSIVE MODE');
  const gone = [await dashboard(0), await dashboard(0), await dashboard(0)];
  await vi.waitFor(async () => expect(await waitingForChanges()).toBeGreaterThanOrEqual(gone.length), 10_000);
  for (const socket of gone) {
    socket.close();
    await once(socket, 'close');
  }
  const stays = await dashboard(0);
  const told = once(stays, 'message');
  await held.query('COMMIT');
  held.release();
  expect(LiveFrame.parse(JSON.parse(String((await told)[0])))).toMatchObject({ type: 'changes', from: 0 });
  await vi.waitFor(async () => expect(await waitingForChanges()).toBe(0), 10_000);
  // Whoever caught up was told so; the one that is still there is all that is kept.
  expect(await dashboardsKept(gateway)).toBe(1);
  stays.close();
  await vi.waitFor(() => expect(gateway.size).toBe(0), 10_000);
});

/** After two more rounds to the database, by which every catch-up has come to its end. */
async function dashboardsKept(gateway: LiveGateway): Promise<number> {
  for (let round = 0; round < 2; round++) await app.get(Store).read.changes.since(0, 1);
  return gateway.size;
}
