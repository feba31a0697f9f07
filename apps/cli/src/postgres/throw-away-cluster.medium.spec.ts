import pg from 'pg';
import { expect, it } from 'vitest';
import { freshDatabase } from '../../../../tools/testing/fresh-database.js';

async function ask(connectionString: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

it('gives every spec an empty PostgreSQL 18 database of its own, and takes it back', async () => {
  const one = await freshDatabase();
  const other = await freshDatabase();
  await ask(one.url, 'CREATE TABLE host (id int)');
  expect(await ask(other.url, `SELECT to_regclass('host') AS host`)).toEqual([{ host: null }]);
  expect(await ask(one.url, `SELECT current_setting('server_version_num')::int / 10000 AS major`)).toEqual([
    { major: 18 },
  ]);
  await other.drop();
  await expect(ask(other.url, 'SELECT 1')).rejects.toMatchObject({ code: '3D000' });
  await one.drop();
});
