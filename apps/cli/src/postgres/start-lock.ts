import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { startBusy } from './postgres-error.js';
import { isAlive } from './postmaster.js';

/** Longest honest start: initdb on a slow disk, then 30 s for the server. An older lock is a stranger's pid. */
const oldestMs = 180_000;

const held = new Set<string>();

/** Two copies of Lunwarden that start at the same moment take turns here, so that only one runs initdb. */
export async function withStartLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + oldestMs + 10_000;
  while (!take(file)) {
    if (isStale(file)) rmSync(file, { force: true });
    else if (Date.now() > deadline) throw startBusy(file);
    else await sleep(50);
  }
  try {
    return await work();
  } finally {
    held.delete(file);
    rmSync(file, { force: true });
  }
}

function take(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx', mode: 0o600 });
    held.add(file);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

function isStale(file: string): boolean {
  const age = Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
  if (age > oldestMs) return true;
  const pid = Number(readIfThere(file));
  // Empty: the other one is between creating and writing. Our own number without our hold: a container restarted with the same pid.
  if (!Number.isInteger(pid) || pid === 0) return false;
  return pid === process.pid ? !held.has(file) : !isAlive(pid);
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
