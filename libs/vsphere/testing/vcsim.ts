import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type SanOrder, vcsimFolder } from '@lunwarden/sample-fleet';
import { goProgram } from './go-program.js';

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

/** What happens to an object of the inventory (vcsim/commands.go). */
export type VcsimCommand = { readonly type: string; readonly id: string } & (
  | { readonly do: 'set'; readonly path: string; readonly text: string }
  | { readonly do: 'set'; readonly path: string; readonly flag: boolean }
  /** A reference to an object of the kind `text`. */
  | { readonly do: 'set'; readonly path: string; readonly text: string; readonly ref: string }
  | { readonly do: 'remove' }
  /** A datastore is no longer mounted on `host`. */
  | { readonly do: 'unmount'; readonly host: string }
);

export interface Vcsim {
  readonly url: string;
  /** Resolves when the inventory has changed. @throws when the simulator does not understand */
  change(...commands: VcsimCommand[]): Promise<void>;
  stop(): Promise<void>;
}

export const account = { username: 'lunwarden', password: 'correct horse battery staple <&>"' } as const;

/** Path of the simulator: LUNWARDEN_VCSIM, the cache, or built now if Go is there. Null, and a loud line, when it cannot be had. */
export async function findVcsim(): Promise<string | null> {
  const named = process.env.LUNWARDEN_VCSIM;
  if (named !== undefined && existsSync(named)) return named;
  const built = await goProgram('vcsim');
  if (built === null)
    process.stderr.write(
      'SKIPPED: every test against the vCenter simulator. Install Go 1.25 or set LUNWARDEN_VCSIM.\n',
    );
  return built;
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
  const lines = createInterface(child.stdout);
  const answer = () =>
    new Promise<Record<string, string>>((resolve, reject) => {
      lines.once('line', (line) => resolve(JSON.parse(line)));
      child.once('error', reject);
      child.once('close', () => reject(new Error(`vcsim ended before it answered: ${said}`)));
    });
  const { url = '' } = await answer();
  const change = async (...commands: VcsimCommand[]): Promise<void> => {
    child.stdin.write(`${JSON.stringify(commands)}\n`);
    const { error } = await answer();
    if (error !== undefined) throw new Error(error);
  };
  const stop = async (): Promise<void> => {
    child.stdin.end();
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  return { url, change, stop };
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
