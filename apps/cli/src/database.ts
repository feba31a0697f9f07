import { join } from 'node:path';
import pg from 'pg';
import { CliError } from './cli-error.js';
import type { Environment } from './environment.js';
import { startPostgres } from './postgres/start-postgres.js';

export type Database = {
  url: string;
  /** For people: where it is and how it came; never the password. */
  description: string;
  /** Settles when an embedded server ends under us; never for a server of the user's own. */
  lost: Promise<void>;
  release(): Promise<void>;
};

/** Real and shown data never share a database: a made-up host must not be mistaken for one of the fleet. */
export type DatabaseUse = 'fleet' | 'demo';

/** The user's own PostgreSQL if DATABASE_URL says so, else the embedded one. */
export async function openDatabase(environment: Environment, use: DatabaseUse): Promise<Database> {
  return environment.databaseUrl === null ? embedded(environment.home, use) : external(environment.databaseUrl, use);
}

async function embedded(home: string, use: DatabaseUse): Promise<Database> {
  const begun = performance.now();
  const directory = join(home, 'postgres');
  const server = await startPostgres({ directory });
  const name = use === 'demo' ? 'lunwarden_demo' : 'lunwarden';
  try {
    await ensureDatabase(server.url('postgres'), name);
  } catch (error) {
    await server.stop();
    throw error;
  }
  const how = server.isReused ? 'was running' : `started in ${((performance.now() - begun) / 1000).toFixed(1)} s`;
  return {
    url: server.url(name),
    description: `embedded, ${how}, data in ${directory}`,
    lost: server.lost,
    release: async () => {
      await server.stop();
    },
  };
}

async function external(given: string, use: DatabaseUse): Promise<Database> {
  const url = new URL(given);
  if (use === 'demo') {
    const name = `${decodeURIComponent(url.pathname.slice(1)) || 'lunwarden'}_demo`;
    await reachable(given, url, () => ensureDatabase(given, name));
    url.pathname = `/${encodeURIComponent(name)}`;
  } else {
    await reachable(given, url, () => once(given, async () => {}));
  }
  return {
    url: url.href,
    description: `${url.host}${url.pathname} (DATABASE_URL)`,
    lost: new Promise(() => {}),
    release: async () => {},
  };
}

async function reachable(given: string, url: URL, attempt: () => Promise<void>): Promise<void> {
  try {
    await attempt();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.replaceAll(given, 'DATABASE_URL') : String(cause);
    throw new CliError(
      'database_unreachable',
      `PostgreSQL at ${url.host} does not let us in (${reason || 'no answer'}): mend DATABASE_URL, or unset it to use the embedded one.`,
      { cause },
    );
  }
}

async function ensureDatabase(url: string, name: string): Promise<void> {
  await once(url, async (client) => {
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (found.rows.length > 0) return;
    try {
      await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)} TEMPLATE template0 ENCODING 'UTF8'`);
    } catch (error) {
      // A second copy was faster.
      if (!(error instanceof pg.DatabaseError && (error.code === '42P04' || error.code === '23505'))) throw error;
    }
  });
}

async function once(connectionString: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 10_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    await work(client);
  } finally {
    await client.end();
  }
}
