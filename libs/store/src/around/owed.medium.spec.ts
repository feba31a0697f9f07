import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../../../../tools/testing/fresh-database.js';
import { Store } from '../index.js';

let database: FreshDatabase;
let store: Store;
beforeAll(async () => {
  database = await freshDatabase();
  store = await Store.open({ url: database.url, allowUnsafe: true, queryTimeoutMs: 2_000 });
});
afterAll(async () => {
  await store.close();
  await database.drop();
});

async function hosts(count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => randomUUID()).sort();
  await store.dataSource.query(
    `INSERT INTO host (id, hostname, platform, install_id) SELECT id, 'h', 'windows', id FROM unnest($1::uuid[]) id`,
    [ids],
  );
  return ids;
}

describe('a judgement that is owed', () => {
  it('is paid once, by who has the ticket', async () => {
    const [host = ''] = await hosts(1);
    await store.inTransaction((tx) => tx.owed.ask([host]));
    const [owed] = await store.read.owed.due(10);
    expect(owed?.hostId).toBe(host);
    await store.read.owed.paid([{ hostId: host, ticket: randomUUID() }]);
    expect(await store.read.owed.due(10)).toHaveLength(1);
    await store.read.owed.paid(owed === undefined ? [] : [owed]);
    expect(await store.read.owed.due(10)).toEqual([]);
  });

  it('stays owed where somebody asks again just now, and whoever pays the others does not wait for that', async () => {
    const [first = '', second = ''] = await hosts(2);
    await store.inTransaction((tx) => tx.owed.ask([first, second]));
    const owed = await store.read.owed.due(10);
    await store.inTransaction(async (tx) => {
      await tx.owed.ask([second]);
      await store.read.owed.paid(owed);
      // Against the order of the hosts: whoever waited for `second` while it held `first` would be in a deadlock with this.
      await tx.owed.ask([first]);
    });
    expect((await store.read.owed.due(10)).map(({ hostId }) => hostId)).toEqual([first, second]);
    await store.read.owed.paid(await store.read.owed.due(10));
  });
});
