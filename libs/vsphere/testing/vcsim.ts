import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type SanOrder, vcsimFolder } from '@lunwarden/sample-fleet';

export interface VcsimFault {
  readonly method: string;
  readonly type: string;
  readonly name: string;
  readonly kind: 'NotAuthenticated' | 'NoPermission' | 'ManagedObjectNotFound' | 'HostConnectFault';
  readonly skip?: number;
  readonly max?: number;
}

export interface VcsimOptions {
  /** An estate to load; the simulator's default model when absent. */
  readonly order?: SanOrder;
  readonly tls?: boolean;
  readonly apiVersion?: string;
  readonly faults?: readonly VcsimFault[];
}

export interface Vcsim {
  readonly url: string;
  stop(): Promise<void>;
}

export const account = { username: 'lunwarden', password: 'correct horse battery staple <&>"' } as const;

const source = fileURLToPath(new URL('./vcsim/', import.meta.url));
const executable = process.platform === 'win32' ? 'vcsim.exe' : 'vcsim';
const cached = fileURLToPath(new URL(`../../../node_modules/.cache/lunwarden/${executable}`, import.meta.url));

/** Path of the simulator: LUNWARDEN_VCSIM, the cache, or built now if Go is there. Null, and a loud line, when it cannot be had. */
export async function findVcsim(): Promise<string | null> {
  const named = process.env.LUNWARDEN_VCSIM;
  if (named !== undefined && existsSync(named)) return named;
  if (existsSync(cached)) return cached;
  return (await build()) ? cached : null;
}

async function build(): Promise<boolean> {
  await mkdir(dirname(cached), { recursive: true });
  const unfinished = `${cached}.${process.pid}`;
  // The second is where Go's own installer puts it. GOTOOLCHAIN=local: a Go that is too old must not download another.
  const env = { ...process.env, CGO_ENABLED: '0', GOTOOLCHAIN: 'local', GOFLAGS: '-mod=readonly' };
  for (const go of ['go', '/usr/local/go/bin/go']) {
    try {
      await promisify(execFile)(go, ['build', '-trimpath', '-o', unfinished, '.'], { cwd: source, env });
      // Two test files may build at once; a half-written program must never be found.
      await rename(unfinished, cached);
      return true;
    } catch (error) {
      process.stderr.write(`vcsim was not built with ${go}: ${error instanceof Error ? error.message : ''}\n`);
    }
  }
  process.stderr.write('SKIPPED: every test against the vCenter simulator. Install Go 1.25 or set LUNWARDEN_VCSIM.\n');
  return false;
}

/** Starts a simulator of its own on a free port of this machine. It ends with `stop` or with this process. */
export async function startVcsim(program: string, options: VcsimOptions = {}): Promise<Vcsim> {
  const folder = await mkdtemp(join(tmpdir(), 'lunwarden-vcsim-'));
  const child = spawn(program, await argumentsOf(options, folder), { cwd: folder, stdio: ['pipe', 'pipe', 'pipe'] });
  let said = '';
  child.stderr.on('data', (text) => {
    said += String(text);
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const url = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).once('line', (line) => resolve(JSON.parse(line).url));
    child.once('error', reject);
    child.once('close', () => reject(new Error(`vcsim ended before it listened: ${said}`)));
  });
  const stop = async (): Promise<void> => {
    child.stdin.end();
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  return { url, stop };
}

async function argumentsOf({ order, tls, apiVersion, faults }: VcsimOptions, folder: string): Promise<string[]> {
  const all = ['-username', account.username, '-password', account.password];
  if (order !== undefined) {
    for (const { path, content } of vcsimFolder(order)) await writeFile(join(folder, path), content);
    all.push('-load', folder);
  }
  if (tls === true) all.push('-tls');
  if (apiVersion !== undefined) all.push('-api-version', apiVersion);
  if (faults !== undefined) all.push('-faults', JSON.stringify(faults));
  return all;
}
