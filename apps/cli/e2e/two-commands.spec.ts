import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isAlive, runningPostmaster } from '../src/postgres/postmaster.js';

/** What `npm start` runs: it also builds what changed, so this spec never meets yesterday's build. */
const root = fileURLToPath(new URL('../../..', import.meta.url));
const start = join(root, 'tools/start.mjs');
let home: string;
const running: Copy[] = [];

type Copy = { process: ChildProcess; said(): string; url: string };

beforeAll(async () => {
  // The first build may be cold; what is timed below is a warm start.
  const nx = join(root, 'node_modules/nx/dist/bin/nx.js');
  await promisify(execFile)(process.execPath, [nx, 'run-many', '-t', 'build'], { cwd: root });
});
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'lunwarden-home-'));
});
afterEach(async () => {
  for (const copy of running.splice(0)) await ended(copy, 'SIGKILL');
  const server = runningPostmaster(join(home, 'postgres/data'));
  if (server !== null) {
    process.kill(server.pid, 'SIGKILL');
    while (isAlive(server.pid)) await sleep(20);
  }
  rmSync(home, { recursive: true, force: true, maxRetries: 5 });
});

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function launch(port: number, ...more: string[]): Copy {
  const env = { ...process.env, LUNWARDEN_HOME: home, DATABASE_URL: '', FORCE_COLOR: '0' };
  const child = spawn(process.execPath, [start, '--port', String(port), ...more], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
  const copy = { process: child, said: () => said, url: `http://127.0.0.1:${port}` };
  running.push(copy);
  return copy;
}

async function ready(copy: Copy): Promise<Copy> {
  while (!copy.said().includes('Ctrl-C')) {
    if (copy.process.exitCode !== null) throw new Error(`It ended:\n${copy.said()}`);
    await sleep(50);
  }
  return copy;
}

async function ended({ process: child }: Copy, signal?: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    const exit = once(child, 'exit');
    if (signal !== undefined) child.kill(signal);
    await exit;
  }
  return child.exitCode;
}

const ask = (copy: Copy, path: string) => fetch(`${copy.url}${path}`);

describe('npm start', () => {
  it('brings API and dashboard to one port, with a code for the first administrator, and takes all of it down', async () => {
    const copy = await ready(launch(await freePort()));
    expect(await (await ask(copy, '/api/v1/health')).json()).toMatchObject({ status: 'ok' });
    expect(await (await ask(copy, '/')).text()).toContain('<div id="root"');
    const code = /Setup code {2}(\S+)/.exec(copy.said())?.[1];
    const setup = await fetch(`${copy.url}/api/v1/setup`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-lunwarden': '1' },
      body: JSON.stringify({ code, username: 'ada', password: 'correct-horse-battery' }),
    });
    expect(setup.status).toBe(201);
    const server = runningPostmaster(join(home, 'postgres/data'));
    expect(await ended(copy, 'SIGTERM')).toBe(0);
    expect(isAlive(server!.pid)).toBe(false);
    await expect(ask(copy, '/')).rejects.toThrow();
  });

  it('is back within ten seconds after a kill -9, with the same data and keyring', async () => {
    const port = await freePort();
    const first = await ready(launch(port));
    const keyring = readFileSync(join(home, 'keyring'), 'utf8');
    await ended(first, 'SIGKILL');
    const begun = performance.now();
    const second = await ready(launch(port));
    expect((await ask(second, '/api/v1/health')).status).toBe(200);
    expect(performance.now() - begun).toBeLessThan(10_000);
    expect(second.said()).toContain('was running');
    expect(readFileSync(join(home, 'keyring'), 'utf8')).toBe(keyring);
  });

  it('runs a second copy on another port, which outlives the first', async () => {
    const first = await ready(launch(await freePort()));
    const second = await ready(launch(await freePort()));
    expect(await ended(first, 'SIGINT')).toBe(0);
    expect(await (await ask(second, '/api/v1/health')).json()).toMatchObject({ status: 'ok' });
  });

  it('says in one sentence that it runs already, and where to go', async () => {
    const port = await freePort();
    await ready(launch(port));
    const second = launch(port);
    expect(await ended(second)).toBe(1);
    expect(second.said()).toMatch(new RegExp(`Lunwarden already runs at http://127.0.0.1:${port}: .*--port \\d+`));
  });

  it('does not keep a database that was started for nothing', async () => {
    const copy = launch(await freePort());
    while (!copy.said().includes('Starting PostgreSQL')) await sleep(20);
    expect(await ended(copy, 'SIGTERM')).toBe(0);
    expect(runningPostmaster(join(home, 'postgres/data'))).toBeNull();
  });

  it('plays the demo in one process only, also when two copies are asked for it', async () => {
    const first = await ready(launch(await freePort(), '--demo'));
    const second = await ready(launch(await freePort(), '--demo'));
    expect(first.said()).toContain('Added the sample vCenter');
    expect(second.said()).toContain('Another copy of Lunwarden plays the demo on this data');
    expect([await ended(first, 'SIGTERM'), await ended(second, 'SIGTERM')]).toEqual([0, 0]);
    expect(runningPostmaster(join(home, 'postgres/data'))).toBeNull();
  });
});
