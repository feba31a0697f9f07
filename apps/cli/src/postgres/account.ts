import { spawnSync } from 'node:child_process';
import { chmodSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { binariesVersion, completeLinks, copiedBinaries } from './binaries.js';
import { unreachableForNobody, unsupportedPlatform } from './postgres-error.js';

/** Under whose name PostgreSQL runs. It refuses to be root. */
export type Account = {
  kind: 'self' | 'user-namespace' | 'nobody';
  native: string;
  /** Numbers to give files to; null = they stay ours. */
  owner: { uid: number; gid: number } | null;
};

const overflow = '65534';
const namespace = ['-U', `--map-user=${overflow}`, `--map-group=${overflow}`];
const postgres = (native: string) => join(native, 'bin', process.platform === 'win32' ? 'postgres.exe' : 'postgres');

/** How to run a program of PostgreSQL under that account. */
export function commandOf(account: Account, program: string, args: string[]) {
  const file = join(account.native, 'bin', program);
  const options = account.owner === null ? { windowsHide: true } : { ...account.owner, cwd: '/', windowsHide: true };
  return account.kind === 'user-namespace'
    ? { file: 'unshare', args: [...namespace, file, ...args], options }
    : { file, args, options };
}

/** @param root directory of the cluster, existing. @param prefer forces a way for root; for tests. */
export function chooseAccount(native: string, root: string, prefer?: 'user-namespace' | 'nobody'): Account {
  const own = completeLinks(native) ? native : copiedBinaries(native, join(root, `binaries-${binariesVersion}`));
  if (process.getuid?.() !== 0) return { kind: 'self', native: own, owner: null };
  // A cluster stays with the account that made it: the other one could not read its files.
  const madeBy = statSync(join(root, 'data'), { throwIfNoEntry: false })?.uid;
  const mayNamespace = prefer !== 'nobody' && (madeBy === undefined || madeBy === 0);
  if (mayNamespace && spawnSync('unshare', [...namespace, postgres(own), '--version']).status === 0) {
    return { kind: 'user-namespace', native: own, owner: null };
  }
  return asNobody(own, root);
}

function asNobody(native: string, root: string): Account {
  const owner = { uid: idOfNobody('-u'), gid: idOfNobody('-g') };
  const canEnter = spawnSync('/bin/sh', ['-c', 'cd "$0"', root], { ...owner, cwd: '/' }).status === 0;
  if (!canEnter) throw unreachableForNobody(root);
  const canRun = spawnSync(postgres(native), ['--version'], { ...owner, cwd: '/' }).status === 0;
  if (canRun) return { kind: 'nobody', native, owner };
  // The project lies below a directory that only root may enter (say /root).
  const copy = copiedBinaries(native, join(tmpdir(), `lunwarden-postgres-${binariesVersion}`));
  chmodSync(copy, 0o755);
  return { kind: 'nobody', native: copy, owner };
}

// The number differs by system (65534, 99, -2), and initdb wants one that has a name.
function idOfNobody(flag: '-u' | '-g'): number {
  const answer = spawnSync('id', [flag, 'nobody'], { encoding: 'utf8' });
  const id = Number.parseInt(answer.stdout ?? '', 10);
  if (answer.status !== 0 || !Number.isInteger(id)) throw unsupportedPlatform('root without a user named nobody');
  return id;
}
