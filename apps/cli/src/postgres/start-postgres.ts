import { setTimeout as sleep } from 'node:timers/promises';
import { type Account, chooseAccount } from './account.js';
import { installedBinaries } from './binaries.js';
import { type ClusterFiles, clusterFiles, logTail, makeCluster, ownerPassword } from './cluster-files.js';
import { type Guard, takeGuard } from './guard.js';
import { passwordLost, startFailed } from './postgres-error.js';
import { forgetCrashed, type Postmaster, runningPostmaster } from './postmaster.js';
import { type Server, spawnServer, stopServer } from './server.js';
import { withStartLock } from './start-lock.js';

const readyWithinMs = 30_000;

// Workers of a killed server that have not noticed yet; a port that somebody took between our probe and the server.
const passing = /pre-existing shared memory block|could not create any TCP\/IP sockets/;

export type PostgresOptions = {
  /** Root of the cluster: data, password, log. Made when missing. */
  directory: string;
  /** false: no fsync, for clusters that are thrown away. Default true. */
  isDurable?: boolean;
  /** Root only: forces the way in which the server gets another user. */
  rootAs?: 'user-namespace' | 'nobody';
};

export type RunningPostgres = {
  pid: number;
  port: number;
  /** True if the server ran already: left by a crash, or used by a second copy of Lunwarden. */
  isReused: boolean;
  account: Account['kind'];
  /** Connection string of one database of the cluster, with the owner's password. */
  url(database: string): string;
  /** Settles when the server ends without `stop`. */
  lost: Promise<void>;
  /** Ends the server unless another copy of Lunwarden uses it. */
  stop(): Promise<'stopped' | 'left running'>;
};

/**
 * Makes, starts or finds the PostgreSQL of one data directory. Listens on 127.0.0.1 only.
 * @throws PostgresError with the next step in its message.
 */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const files = clusterFiles(options.directory);
  const account = chooseAccount(installedBinaries(), files.root, options.rootAs);
  const isDurable = options.isDurable ?? true;
  return withStartLock(files.lock, async () => {
    await makeCluster(files, account, isDurable);
    const url = urls(ownerPassword(files));
    const { guard, server, isReused } = await reach(files, url, () => spawnServer(files, account, isDurable));
    return {
      ...server,
      isReused,
      account: account.kind,
      url: (database) => url(server.port, database),
      lost: guard.lost,
      stop: () => leave(guard, () => stopServer(files, account)),
    };
  });
}

type Reached = { guard: Guard; server: Postmaster; isReused: boolean };
type Urls = (port: number, database: string) => string;
const urls =
  (password: string): Urls =>
  (port, database) =>
    `postgres://lunwarden:${password}@127.0.0.1:${port}/${database}`;

/** Asks again until a server of this data directory lets us in; starts one when there is none. */
async function reach(files: ClusterFiles, url: Urls, spawnOne: () => Promise<Server>): Promise<Reached> {
  const deadline = Date.now() + readyWithinMs;
  let own: Server | null = null;
  for (;;) {
    const server = runningPostmaster(files.data);
    // While PostgreSQL writes its pid file, the port is not there yet.
    if (server !== null && server.port > 0) {
      const guard = await takeGuard(url(server.port, 'postgres'));
      if (guard === 'wrong-password') throw passwordLost(files.password);
      if (typeof guard === 'object') return { guard, server, isReused: own === null };
    }
    const end = own?.ended() ?? null;
    if (own !== null && end !== null) {
      const words = logTail(files, own.logOffset);
      if (!passing.test(words) || Date.now() > deadline) throw startFailed(files.root, end, words);
      own = null;
      await sleep(100);
      continue;
    }
    if (Date.now() > deadline)
      throw startFailed(files.root, 'not ready after 30 s', logTail(files, own?.logOffset ?? 0));
    if (server === null && own === null) {
      forgetCrashed(files.data);
      own = await spawnOne();
    } else {
      await sleep(20);
    }
  }
}

async function leave(guard: Guard, stopIt: () => Promise<void>): Promise<'stopped' | 'left running'> {
  const isLast = await guard.isLast().catch(() => false);
  if (isLast) await stopIt();
  await guard.release().catch(() => {});
  return isLast ? 'stopped' : 'left running';
}
