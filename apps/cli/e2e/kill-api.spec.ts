import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { HostFacts } from '@lunwarden/contract';
import { storyFacts } from '@lunwarden/sample-fleet';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../../../tools/testing/fresh-database.js';
import { clientOf, type EnrolledProxy, reportFrom, send } from './house.js';

const kills = 20;
const proxies = 20;

let database: FreshDatabase;
let folder: string;
let config: string;
let child: ChildProcess;

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
};

async function start(): Promise<{ url: string; setupCode: string | null }> {
  child = spawn(process.execPath, [fileURLToPath(new URL('api-process.mjs', import.meta.url)), config], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout! }))
    if (line.includes('"setupCode"')) return JSON.parse(line);
  throw new Error('the API process ended before it listened; was everything built?');
}

const kill = async (): Promise<void> => {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
};

beforeAll(async () => {
  database = await freshDatabase();
  folder = await mkdtemp(join(tmpdir(), 'lunwarden-kill-'));
  const keyringFile = join(folder, 'keyring');
  await writeFile(keyringFile, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600 });
  config = JSON.stringify({
    databaseUrl: database.url,
    host: '127.0.0.1',
    port: await freePort(),
    keyringFile,
    dashboardDir: null,
    version: '0.0.0-e2e',
    role: 'all',
    trustedOrigins: [],
    allowUnsafeDatabase: true,
  });
});
afterAll(async () => {
  if (child.exitCode === null && child.signalCode === null) await kill();
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

/** Two contents in turn, so that reports take the short way and the long one. */
const factsOf = (turn: number): HostFacts => storyFacts(turn % 3 === 0 ? 'popular-fix' : 'service-pack-failed');

it(`keeps every acknowledged report through ${kills} kill -9, and none twice`, async () => {
  const { url, setupCode } = await start();
  const client = await clientOf(url, setupCode);
  const hosts = await Promise.all(Array.from({ length: proxies }, (_, n) => client.enroll(`proxy-${n}`)));
  const acknowledged: string[] = [];
  let isOver = false;

  const speak = async (host: EnrolledProxy): Promise<void> => {
    for (let turn = 0; !isOver; turn++) {
      const report = reportFrom(host, factsOf(turn));
      // As a collector does: the same report again until it is acknowledged.
      for (let isAcknowledged = false; !isAcknowledged && !isOver; ) {
        isAcknowledged = await send(url, host, report).then(
          () => true,
          () => new Promise<false>((resolve) => setTimeout(resolve, 20, false)),
        );
        if (isAcknowledged) acknowledged.push(`${host.hostId} ${report.reportId}`);
      }
    }
  };
  const speakers = hosts.map(speak);
  for (let round = 0; round < kills; round++) {
    // In the middle of its work: some reports are through, others under way.
    const through = acknowledged.length + 12;
    while (acknowledged.length < through) await new Promise((resolve) => setTimeout(resolve, 5));
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 40));
    await kill();
    await start();
  }
  await new Promise((resolve) => setTimeout(resolve, 500));
  isOver = true;
  await Promise.all(speakers);

  const reader = new pg.Client({ connectionString: database.url });
  await reader.connect();
  const { rows } = await reader.query<{ id: string }>(`SELECT host_id || ' ' || report_id AS id FROM report_receipt`);
  const { rows: holes } = await reader.query(
    `SELECT seq FROM change_counter WHERE seq <> (SELECT count(*) FROM change)`,
  );
  await reader.end();
  const stored = rows.map((row) => row.id);
  expect(acknowledged.length).toBeGreaterThan(proxies * 5);
  expect(new Set(stored).size).toBe(stored.length);
  expect(acknowledged.filter((id) => !stored.includes(id))).toEqual([]);
  expect(holes).toEqual([]);
  console.info(`${kills} kills: ${acknowledged.length} reports acknowledged, ${stored.length} stored, 0 lost`);
}, 900_000);
