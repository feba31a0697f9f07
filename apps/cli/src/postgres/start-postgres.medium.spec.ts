import { chmodSync, chownSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildHolder, type Holder, hold } from '../../testing/holder.js';
import { isAlive, runningPostmaster } from './postmaster.js';
import { startPostgres } from './start-postgres.js';

const isRoot = process.getuid?.() === 0;
let script: string;
let directory: string;
const holders: Holder[] = [];

beforeAll(async () => {
  script = await buildHolder();
});
afterAll(() => rmSync(script, { force: true }));
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'lunwarden-launcher-'));
});
afterEach(async () => {
  for (const holder of holders.splice(0)) await holder.end('SIGKILL');
  const left = runningPostmaster(join(directory, 'data'));
  if (left) {
    process.kill(left.pid, 'SIGKILL');
    while (isAlive(left.pid)) await sleep(10);
  }
  rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
});

async function holder(args: string[] = [directory], as: string[] = []): Promise<Holder> {
  const made = await hold(script, args, as);
  holders.push(made);
  return made;
}

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('a first start', () => {
  it('makes a cluster that listens on this machine only, behind a password in a file of ours alone', async () => {
    const { said } = await holder();
    expect(said).toMatchObject({ isReused: false });
    expect(await ask(said.url, 'SHOW listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
    expect(await ask(said.url, 'SHOW unix_socket_directories')).toEqual([{ unix_socket_directories: '' }]);
    expect(statSync(join(directory, 'password')).mode & 0o777).toBe(0o600);
    expect(statSync(join(directory, 'data')).mode & 0o777).toBe(0o700);
    await expect(ask(said.url.replace(/:[^:@]*@/, ':guess@'), 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
  });

  it('leaves no process when it is ended in an orderly way', async () => {
    const { said, end } = await holder();
    await end('SIGTERM');
    expect(isAlive(said.pid)).toBe(false);
  });

  it('of two copies at the same moment makes one cluster', async () => {
    const [one, other] = await Promise.all([holder(), holder()]);
    expect(other.said.pid).toBe(one.said.pid);
    expect([one.said.isReused, other.said.isReused].sort()).toEqual([false, true]);
  });
});

describe('after a kill -9', () => {
  it('of its starter, finds the server again with its data', async () => {
    const first = await holder();
    await ask(first.said.url, 'CREATE TABLE host AS SELECT 7 AS id');
    await first.end('SIGKILL');
    const second = await holder();
    expect(second.said).toMatchObject({ isReused: true, pid: first.said.pid });
    expect(await ask(second.said.url, 'SELECT id FROM host')).toEqual([{ id: 7 }]);
    await second.end('SIGTERM');
    expect(isAlive(first.said.pid)).toBe(false);
  });

  it('of the server, starts another one although the old one is still a zombie', async () => {
    const first = await holder();
    await ask(first.said.url, 'CREATE TABLE host AS SELECT 7 AS id');
    // A parent that does not reap its child, as the first process of a container.
    first.process.kill('SIGSTOP');
    process.kill(first.said.pid, 'SIGKILL');
    const second = await holder();
    expect(second.said.pid).not.toBe(first.said.pid);
    expect(await ask(second.said.url, 'SELECT id FROM host')).toEqual([{ id: 7 }]);
  });

  it('is not misled by a pid file that names a living stranger', async () => {
    const first = await holder();
    await first.end('SIGTERM');
    const pidFile = [process.pid, join(directory, 'data'), 1, 1, '', '127.0.0.1', '', 'ready'].join('\n');
    writeFileSync(join(directory, 'data/postmaster.pid'), `${pidFile}\n`);
    const second = await holder();
    expect(await ask(second.said.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('in the middle of a start, does not wait for the dead holder of the lock', async () => {
    const gone = await holder();
    await gone.end('SIGTERM');
    writeFileSync(join(directory, 'start.lock'), String(gone.process.pid));
    expect((await holder()).said.isReused).toBe(false);
  });
});

describe('a second copy on the same data', () => {
  it('shares the server, and the one that leaves first does not end it', async () => {
    const first = await holder();
    const second = await holder();
    expect(second.said).toMatchObject({ isReused: true, pid: first.said.pid });
    await first.end('SIGTERM');
    expect(await ask(second.said.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await second.end('SIGTERM');
    expect(isAlive(first.said.pid)).toBe(false);
  });

  it('ends the server when both leave at the same moment', async () => {
    const both = [await holder(), await holder()];
    await Promise.all(both.map(({ end }) => end('SIGTERM')));
    expect(isAlive(both[0]!.said.pid)).toBe(false);
  });

  it('learns it when the server ends under it', async () => {
    const server = await startPostgres({ directory, isDurable: false });
    process.kill(server.pid, 'SIGKILL');
    await expect(server.lost).resolves.toBeUndefined();
  });
});

describe('what it cannot do, it says', () => {
  it('names a data directory that cannot be written', async () => {
    const file = join(directory, 'file');
    writeFileSync(file, '');
    await expect(startPostgres({ directory: join(file, 'postgres') })).rejects.toMatchObject({
      code: 'data_dir_not_writable',
      message: expect.stringContaining('LUNWARDEN_HOME'),
    });
  });

  it('names a password file that does not fit the data', async () => {
    await (await holder()).end('SIGTERM');
    writeFileSync(join(directory, 'password'), 'another\n');
    await expect(startPostgres({ directory, isDurable: false })).rejects.toMatchObject({ code: 'password_lost' });
  });

  it('shows the end of the log when the server refuses its data', async () => {
    await (await holder()).end('SIGTERM');
    writeFileSync(join(directory, 'data/PG_VERSION'), '9.6\n');
    await expect(startPostgres({ directory, isDurable: false })).rejects.toMatchObject({
      code: 'start_failed',
      logTail: expect.stringContaining('initialized by PostgreSQL version 9.6'),
    });
  });
});

describe.skipIf(!isRoot)('started by root', () => {
  it('runs the server as the user nobody where user namespaces are blocked', async () => {
    chmodSync(directory, 0o755);
    const { said, end } = await holder([directory, 'nobody']);
    expect(said).toMatchObject({ account: 'nobody', isReused: false });
    expect(statSync(`/proc/${said.pid}`).uid).toBe(65534);
    await end('SIGTERM');
    // The same way again without being told, because the files belong to nobody.
    expect((await holder()).said.account).toBe('nobody');
  });

  it('says that nobody cannot enter a private directory, instead of failing in initdb', async () => {
    const { said } = await holder([directory, 'nobody']);
    expect(said).toEqual({ code: 'data_dir_unreachable' });
  });

  it('says that the disk is full before it makes half a cluster', async () => {
    const small = ['unshare', '-m', 'sh', '-c', 'mount -t tmpfs -o size=20m none "$0" && exec "$@"', directory];
    expect((await holder([directory], small)).said).toEqual({ code: 'no_space' });
  });

  it('is not needed: a normal user runs everything as itself', async () => {
    chownSync(directory, 65534, 65534);
    const { said } = await holder([directory], ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups']);
    expect(said).toMatchObject({ account: 'self', isReused: false });
    expect(statSync(join(directory, 'password')).uid).toBe(65534);
  });
});
