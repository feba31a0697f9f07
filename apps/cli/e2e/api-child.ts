import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { freshDatabase } from '../../../tools/testing/fresh-database.js';

/** A whole API in a process of its own, which starts again on the same database, keyring and port. */
export type ApiChild = {
  databaseUrl: string;
  /** Resolves when it listens. */
  start(): Promise<{ url: string; setupCode: string | null }>;
  /** kill -9. */
  kill(): Promise<void>;
  /** As an operator stops it. @returns its exit code */
  stop(): Promise<number | null>;
  /** Whatever state it is in. */
  close(): Promise<void>;
};

const program = fileURLToPath(new URL('api-process.mjs', import.meta.url));

export async function apiChild(): Promise<ApiChild> {
  const database = await freshDatabase();
  const folder = await mkdtemp(join(tmpdir(), 'lunwarden-child-'));
  const config = JSON.stringify({
    databaseUrl: database.url,
    host: '127.0.0.1',
    port: await freePort(),
    keyringFile: await newKeyring(folder),
    dashboardDir: null,
    version: '0.0.0-e2e',
    role: 'all',
    trustedOrigins: [],
    allowUnsafeDatabase: true,
  });
  let child: ChildProcess | null = null;
  const end = async (signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> => {
    if (child === null) return null;
    const gone = once(child, 'exit');
    child.kill(signal);
    child = null;
    const [code] = await gone;
    return code;
  };
  return {
    databaseUrl: database.url,
    async start() {
      child = spawn(process.execPath, [program, config], { stdio: ['ignore', 'pipe', 'inherit'] });
      return firstWords(child);
    },
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
    async close() {
      await end('SIGKILL');
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function firstWords({ stdout }: ChildProcess): Promise<{ url: string; setupCode: string | null }> {
  if (stdout !== null)
    for await (const line of createInterface({ input: stdout }))
      if (line.includes('"setupCode"')) return JSON.parse(line);
  throw new Error('the API process ended before it listened; was everything built?');
}

async function newKeyring(folder: string): Promise<string> {
  const file = join(folder, 'keyring');
  await writeFile(file, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600 });
  return file;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
