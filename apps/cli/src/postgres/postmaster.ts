import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** What a running server says of itself in `postmaster.pid` (PostgreSQL docs, "storage file layout"). */
export type Postmaster = { pid: number; port: number };

const pidFile = (dataDir: string) => join(dataDir, 'postmaster.pid');

function read(dataDir: string): Postmaster | null {
  try {
    const lines = readFileSync(pidFile(dataDir), 'utf8').split('\n');
    return { pid: Number(lines[0]), port: Number(lines[3]) };
  } catch {
    return null;
  }
}

function commandLine(pid: number): string | null {
  if (process.platform === 'linux') {
    try {
      // A zombie (a container without init does not reap it) has an empty command line.
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    } catch {
      return null;
    }
  }
  const answer = spawnSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  return answer.status === 0 ? answer.stdout : null;
}

export function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
  return process.platform !== 'linux' || !isZombie(pid);
}

function isZombie(pid: number): boolean {
  try {
    return /^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

/** True if `pid` is alive and is the server of this data directory, not a stranger that got an old number. */
function serves(pid: number, dataDir: string): boolean {
  if (!isAlive(pid)) return false;
  if (process.platform === 'win32') return true;
  return commandLine(pid)?.includes(dataDir) === true;
}

/** The server of this data directory, or null. */
export function runningPostmaster(dataDir: string): Postmaster | null {
  const found = read(dataDir);
  return found !== null && serves(found.pid, dataDir) ? found : null;
}

/**
 * Deletes a pid file left by a crash: PostgreSQL refuses to start while that number belongs to any process, also to a zombie or to
 * a stranger. Only for the holder of the start lock, and not while a server of ours is starting: its file may be half written.
 */
export function forgetCrashed(dataDir: string): void {
  if (runningPostmaster(dataDir) === null) rmSync(pidFile(dataDir), { force: true });
}
