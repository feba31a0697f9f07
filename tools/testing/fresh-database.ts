import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
// For its declaration of `postgresUrl`.
import type {} from '../test-postgres.js';

export type FreshDatabase = {
  /** Connection string of an empty database that only the caller knows. */
  url: string;
  /** Ends its connections and deletes it. */
  drop(): Promise<void>;
};

/** An empty database in the run's throw-away cluster; for specs of the projects `medium` and `e2e` only. */
export async function freshDatabase(): Promise<FreshDatabase> {
  const cluster = inject('postgresUrl');
  const name = `spec_${randomBytes(8).toString('hex')}`;
  await once(cluster, `CREATE DATABASE ${name}`);
  const url = new URL(cluster);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => once(cluster, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

async function once(connectionString: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
