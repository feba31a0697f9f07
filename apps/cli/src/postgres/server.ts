import { execFile, spawn } from 'node:child_process';
import { closeSync, openSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { type Account, commandOf } from './account.js';
import { type ClusterFiles, turnLog } from './cluster-files.js';
import { startFailed } from './postgres-error.js';
import { isAlive, runningPostmaster } from './postmaster.js';

/** A server process that we started: how it ended, or null while it runs. */
export type Server = { port: number; logOffset: number; ended(): string | null };

const baseSettings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '60',
  timezone: 'UTC',
  log_timezone: 'UTC',
};

/** Nothing survives a power cut: for clusters that a test run throws away. */
const throwAwaySettings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '200',
};

export async function spawnServer(files: ClusterFiles, account: Account, isDurable: boolean): Promise<Server> {
  const port = await freePort();
  const settings = { ...baseSettings, ...(isDurable ? {} : throwAwaySettings) };
  const args = ['-D', files.data, '-p', String(port)];
  for (const [name, value] of Object.entries(settings)) args.push('-c', `${name}=${value}`);
  const command = commandOf(account, 'postgres', args);
  turnLog(files);
  const log = openSync(files.log, 'a', 0o600);
  const logOffset = statSync(files.log).size;
  // Its own process group: Ctrl-C in our terminal must reach us alone, or it would end the server under a second copy of us.
  const child = spawn(command.file, command.args, { ...command.options, detached: true, stdio: ['ignore', log, log] });
  closeSync(log);
  child.unref();
  let end: string | null = null;
  child.on('exit', (code, signal) => {
    end = signal ?? `exit code ${code}`;
  });
  child.on('error', (error) => {
    end = error.message;
  });
  return { port, logOffset, ended: () => end };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

/** Ends the server in an orderly way ("fast": open transactions are rolled back) and waits until it is gone. */
export async function stopServer(files: ClusterFiles, account: Account): Promise<void> {
  const server = runningPostmaster(files.data);
  if (server === null) return;
  // Windows has no signals; there pg_ctl speaks to the server through a pipe.
  if (process.platform === 'win32') {
    const command = commandOf(account, 'pg_ctl', ['stop', '-m', 'fast', '-D', files.data]);
    await promisify(execFile)(command.file, command.args, command.options);
    return;
  }
  process.kill(server.pid, 'SIGINT');
  const deadline = Date.now() + 30_000;
  while (isAlive(server.pid)) {
    if (Date.now() > deadline) throw startFailed(files.root, `process ${server.pid} does not stop`, '');
    await sleep(20);
  }
}
