import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  accessSync,
  chownSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Account, commandOf } from './account.js';
import { fileFailure, noSpace, startFailed } from './postgres-error.js';

const run = promisify(execFile);
/** A new cluster takes 40 MB and its first write-ahead log 16 MB; the rest is room to start working. */
const neededBytes = 200 * 2 ** 20;
const largestLogBytes = 10 * 2 ** 20;

/** Where things lie below the root of one cluster. */
export type ClusterFiles = { root: string; data: string; password: string; log: string; lock: string };

/** Makes the root directory (private to this user) and says where the rest goes. */
export function clusterFiles(directory: string): ClusterFiles {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    // The real path, so that a server can be known by it on its command line.
    const root = realpathSync(directory);
    accessSync(root, constants.W_OK);
    const at = (name: string) => join(root, name);
    return { root, data: at('data'), password: at('password'), log: at('postgres.log'), lock: at('start.lock') };
  } catch (error) {
    throw fileFailure(directory, error);
  }
}

/** The password of the cluster's owner, made on first use. Written beside and renamed: a crash leaves a whole file or none. */
export function ownerPassword(files: ClusterFiles): string {
  try {
    if (!existsSync(files.password)) writeSecret(files.password, randomBytes(24).toString('base64url'));
    return readFileSync(files.password, 'utf8').trim();
  } catch (error) {
    throw fileFailure(files.root, error);
  }
}

function writeSecret(file: string, secret: string): void {
  writeFileSync(`${file}.new`, `${secret}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** Runs initdb unless there is a cluster. Made beside and renamed, so that a killed initdb leaves nothing half made. */
export async function makeCluster(files: ClusterFiles, account: Account, isDurable: boolean): Promise<void> {
  if (existsSync(join(files.data, 'PG_VERSION'))) return;
  const space = statfsSync(files.root);
  if (space.bavail * space.bsize < neededBytes) throw noSpace(files.root);
  const half = `${files.data}.new`;
  const passwordFile = join(tmpdir(), `lunwarden-${randomBytes(9).toString('hex')}`);
  try {
    rmSync(half, { recursive: true, force: true });
    mkdirSync(half, { mode: 0o700 });
    // A copy, because nobody cannot read ours.
    writeFileSync(passwordFile, `${ownerPassword(files)}\n`, { mode: 0o600, flag: 'wx' });
    if (account.owner) for (const path of [half, passwordFile]) chownSync(path, account.owner.uid, account.owner.gid);
    await initdb(files, account, ['-D', half, `--pwfile=${passwordFile}`, ...(isDurable ? [] : ['--no-sync'])]);
    renameSync(half, files.data);
  } catch (error) {
    rmSync(half, { recursive: true, force: true });
    throw error instanceof Error && 'syscall' in error ? fileFailure(files.root, error) : error;
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

const initdbArgs = ['-U', 'lunwarden', '-A', 'scram-sha-256', '-E', 'UTF8', '--locale=C', '--no-instructions'];

async function initdb(files: ClusterFiles, account: Account, args: string[]): Promise<void> {
  const command = commandOf(account, 'initdb', [...initdbArgs, ...args]);
  try {
    await run(command.file, command.args, command.options);
  } catch (error) {
    const words = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
    throw startFailed(files.root, 'initdb failed', words.slice(-2000));
  }
}

/** Keeps one old log, so that a server that starts for years does not fill the disk with its log. */
export function turnLog(files: ClusterFiles): void {
  const size = statSync(files.log, { throwIfNoEntry: false })?.size ?? 0;
  if (size > largestLogBytes) renameSync(files.log, `${files.log}.1`);
}

/** What was written to the log after `offset`, the last 2000 characters. */
export function logTail(files: ClusterFiles, offset: number): string {
  try {
    return readFileSync(files.log).subarray(offset).toString('utf8').slice(-2000);
  } catch {
    return '';
  }
}
