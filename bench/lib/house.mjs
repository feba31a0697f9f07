import { spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { startPostgres } from '../../apps/cli/dist/postgres/start-postgres.js';
import { endLater, endProcess } from './left-behind.mjs';

const loopDelay = new URL('./loop-delay.mjs', import.meta.url).href;
const apiProcess = fileURLToPath(new URL('../../apps/cli/e2e/api-process.mjs', import.meta.url));

/** A durable PostgreSQL and an API in a process of its own; both are gone after `close`, and when this process breaks off. */
export async function openHouse({ dashboardDir = null, watchesLoop = false } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'lunwarden-bench-'));
  const forgetFolder = endLater(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  const postgres = await startPostgres({ directory: join(folder, 'postgres'), isDurable: true });
  // SIGQUIT: at once, without asking its sessions.
  const forgetPostgres = endLater(() => endProcess(postgres.pid, 'SIGQUIT'));
  const databaseUrl = postgres.url('postgres');
  const keyringFile = join(folder, 'keyring');
  await writeFile(keyringFile, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600 });
  const config = {
    databaseUrl,
    host: '127.0.0.1',
    port: 0,
    keyringFile,
    dashboardDir,
    version: 'bench',
    role: 'all',
    trustedOrigins: [],
    allowUnsafeDatabase: false,
  };
  const child = spawn(
    process.execPath,
    [
      ...(process.env.BENCH_NODE_ARGS?.split(' ') ?? []),
      ...(watchesLoop ? ['--import', loopDelay] : []),
      apiProcess,
      JSON.stringify(config),
    ],
    { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, BENCH_LOOP_FILE: join(folder, 'loop.json') } },
  );
  const forgetApi = endLater(() => endProcess(child.pid, 'SIGKILL'));
  const { url, setupCode } = await firstAnswer(child);
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const cookie = await sessionOf(url, 'setup', { ...account, code: setupCode });
  return {
    url,
    cookie,
    databaseUrl,
    apiPid: child.pid,
    postgresPid: postgres.pid,
    post: (path, headers, body) => post(agent, `${url}${path}`, headers, body),
    enroll: (hostname) => enroll(url, cookie, hostname),
    /** Another session of the same person: each of them may open a few sockets only. */
    signIn: () => sessionOf(url, 'login', account),
    loopDelay: () => loopDelayOf(child, join(folder, 'loop.json')),
    database: () => new pg.Pool({ connectionString: databaseUrl, max: 4 }),
    close: async () => {
      agent.destroy();
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGTERM');
        await new Promise((resolve) => child.once('exit', resolve));
      }
      forgetApi();
      await postgres.stop();
      forgetPostgres();
      await rm(folder, { recursive: true, force: true });
      forgetFolder();
    },
  };
}

/** How long the event loop of the API was held up since the last question, in milliseconds: `{p99, max}`. */
async function loopDelayOf(child, file) {
  await rm(file, { force: true });
  child.kill('SIGUSR2');
  for (;;) {
    const text = await readFile(file, 'utf8').catch(() => '');
    if (text.endsWith('}')) return JSON.parse(text);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

async function firstAnswer(child) {
  for await (const line of createInterface({ input: child.stdout }))
    if (line.includes('"setupCode"')) return JSON.parse(line);
  throw new Error('the API ended before it listened: run `npm run build` first');
}

const writing = (url) => ({ 'content-type': 'application/json', 'x-lunwarden': '1', origin: url });

const account = { username: 'admin', password: 'correct horse battery staple' };

async function sessionOf(url, door, body) {
  const answer = await fetch(`${url}/api/v1/${door}`, {
    method: 'POST',
    headers: writing(url),
    body: JSON.stringify(body),
  });
  const cookie = answer.headers.get('set-cookie');
  if (cookie === null) throw new Error(`${door} was answered ${answer.status}: ${await answer.text()}`);
  return cookie.split(';')[0];
}

let token = null;
async function enroll(url, cookie, hostname) {
  token ??= await (
    await fetch(`${url}/api/v1/enroll-tokens`, {
      method: 'POST',
      headers: { ...writing(url), cookie },
      body: JSON.stringify({ label: 'bench', maxUses: 10_000, expiresInHours: 24 }),
    })
  ).json();
  const installId = randomUUID();
  const answer = await fetch(`${url}/api/v1/enroll`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token: token.token, installId, hostname, platform: 'windows' }),
  });
  const { hostId, key } = await answer.json();
  return { hostId, key, installId, bootId: randomUUID(), hostname };
}

const post = (agent, url, headers, body) =>
  new Promise((resolve, reject) => {
    const call = request(
      url,
      { method: 'POST', agent, headers: { ...headers, 'content-length': body.length } },
      (answer) => {
        answer.resume();
        answer.on('end', () => resolve(answer.statusCode));
      },
    );
    call.on('error', reject);
    call.end(body);
  });

/** RFC 9562 version 7. */
export function uuidv7() {
  const time = Date.now().toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`;
}
