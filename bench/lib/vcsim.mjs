import { execFile, spawn, spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { vcsimFolder } from '@lunwarden/sample-fleet';

export const account = ['lunwarden', 'bench'];
const cache = fileURLToPath(new URL('../../node_modules/.cache/lunwarden/', import.meta.url));

/** Builds vcsim or goref anew (a second when nothing changed). @throws without Go: there is nothing to compare with. */
export async function goProgram(name) {
  const cwd = fileURLToPath(new URL(`../../libs/vsphere/testing/${name}/`, import.meta.url));
  const path = join(cache, name);
  await mkdir(cache, { recursive: true });
  const env = { ...process.env, CGO_ENABLED: '0', GOTOOLCHAIN: 'local', GOFLAGS: '-mod=readonly' };
  const built = spawnSync('go', ['build', '-trimpath', '-o', path, '.'], { cwd, env, encoding: 'utf8' });
  if (built.status !== 0) throw new Error(`${name} was not built: ${built.error?.message ?? built.stderr}`);
  return path;
}

/** A simulator that serves this estate, on this machine, until `stop`. */
export async function serveEstate(program, order) {
  const folder = await mkdtemp(join(tmpdir(), 'lunwarden-bench-vcsim-'));
  for (const { path, content } of vcsimFolder(order)) await writeFile(join(folder, path), content);
  const [username, password] = account;
  const args = ['-load', folder, '-username', username, '-password', password];
  const child = spawn(program, args, { cwd: folder, stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => child.once('close', resolve));
  const lines = createInterface(child.stdout);
  const answer = () =>
    new Promise((resolve, reject) => {
      lines.once('line', (line) => resolve(JSON.parse(line)));
      void ended.then(() => reject(new Error('vcsim ended before it answered')));
    });
  const { url } = await answer();
  /** Changes of the inventory, as libs/vsphere/testing/vcsim/commands.go takes them. */
  const change = async (commands) => {
    child.stdin.write(`${JSON.stringify(commands)}\n`);
    const { error } = await answer();
    if (error !== undefined) throw new Error(error);
  };
  const stop = async () => {
    child.stdin.end();
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  return { url, change, stop };
}

/** The most that a Node process held which prints that in KiB; without arguments it does nothing else. */
export async function mostMbOf(...args) {
  const asked = args.length > 0 ? args : ['-p', 'process.resourceUsage().maxRSS'];
  return Math.round(Number((await promisify(execFile)(process.execPath, asked)).stdout) / 1024);
}

/** Runs one reader to its end. @returns its cost and its rows. */
export async function read(program, args) {
  const { stdout, stderr } = await promisify(execFile)(program, args, { maxBuffer: 1 << 30 });
  return { ...JSON.parse(stderr.trim().split('\n').at(-1)), text: stdout };
}
