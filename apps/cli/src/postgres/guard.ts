import pg from 'pg';

/**
 * A connection that every user of a cluster holds as long as it lives. Who still uses the cluster is asked of the cluster itself,
 * by a shared advisory lock that ends with the connection: unlike a file with pids it cannot outlive a `kill -9`.
 */
export type Guard = {
  /** Settles when the connection is gone without `release`: the server ended under us. */
  lost: Promise<void>;
  /** True if nobody else uses the cluster; from then on nobody else can begin to. */
  isLast(): Promise<boolean>;
  release(): Promise<void>;
};

/** 'stopping': the last user is just ending this server. */
export type GuardAnswer = Guard | 'not-ready' | 'stopping' | 'wrong-password';

const key = 8_420_001;

export async function takeGuard(url: string): Promise<GuardAnswer> {
  const client = new pg.Client({ connectionString: url, application_name: 'lunwarden guard' });
  let isReleased = false;
  const lost = new Promise<void>((resolve) => {
    client.once('end', () => {
      if (!isReleased) resolve();
    });
  });
  // Without a listener the end of the server would end this process; `end` follows and is what counts.
  client.on('error', () => {});
  const release = async () => {
    isReleased = true;
    await client.end();
  };
  try {
    await client.connect();
    if (await lock(client, 'pg_try_advisory_lock_shared')) {
      return { lost, release, isLast: () => isLast(client) };
    }
    await release();
    return 'stopping';
  } catch (error) {
    await release().catch(() => {});
    return codeOf(error) === '28P01' ? 'wrong-password' : 'not-ready';
  }
}

// Ours is given back before asking: of two that leave at the same moment, the later one must see itself alone.
async function isLast(client: pg.Client): Promise<boolean> {
  await client.query(`SELECT pg_advisory_unlock_shared(${key})`);
  return lock(client, 'pg_try_advisory_lock');
}

type TryLock = 'pg_try_advisory_lock_shared' | 'pg_try_advisory_lock';

async function lock(client: pg.Client, name: TryLock): Promise<boolean> {
  const answer = await client.query<{ taken: boolean }>(`SELECT ${name}(${key}) AS taken`);
  return answer.rows[0]?.taken === true;
}

const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? error.code : undefined);
