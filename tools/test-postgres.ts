import { lstatSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { isAlive, runningPostmaster } from '../apps/cli/src/postgres/postmaster.js';
import { startPostgres } from '../apps/cli/src/postgres/start-postgres.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** Connection string of the run's throw-away cluster, database `postgres`. Specs use `freshDatabase()`. */
    postgresUrl: string;
  }
}

const prefix = 'lunwarden-test-';

/** One throw-away PostgreSQL for all specs of a run, from the same launcher that users get. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  sweep();
  const directory = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`));
  const server = await startPostgres({ directory, isDurable: false });
  project.provide('postgresUrl', server.url('postgres'));
  return async () => {
    await server.stop();
    rmSync(directory, { recursive: true, force: true });
  };
}

/** Clusters of runs that were killed: their server still runs, and their files are still there. */
function sweep(): void {
  for (const name of readdirSync(tmpdir())) {
    const owner = Number(new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1] ?? Number.NaN);
    if (Number.isNaN(owner) || isAlive(owner)) continue;
    const directory = join(tmpdir(), name);
    if (lstatSync(directory, { throwIfNoEntry: false })?.uid !== process.getuid?.()) continue;
    const server = runningPostmaster(join(directory, 'data'));
    if (server !== null) process.kill(server.pid, 'SIGKILL');
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  }
}
