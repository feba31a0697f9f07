import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../../../tools/testing/fresh-database.js';
import { Store, UnsafeDatabaseError } from './index.js';

let database: FreshDatabase;
let store: Store;

beforeAll(async () => {
  database = await freshDatabase();
  store = await Store.open({ url: database.url, allowUnsafe: true });
});
afterAll(async () => {
  await store.close();
  await database.drop();
});

it('has entities that agree with the migrations', async () => {
  const { upQueries } = await store.dataSource.driver.createSchemaBuilder().log();
  // Foreign keys, checks and indexes are written by hand only: entities hold columns.
  const drift = upQueries
    .map(({ query }) => query)
    .filter((query) => !/DROP CONSTRAINT "\w+_(fkey|check)"|DROP INDEX/.test(query));
  expect(drift).toEqual([]);
});

it('refuses a database that may lose what it acknowledged', async () => {
  await expect(Store.open({ url: database.url })).rejects.toBeInstanceOf(UnsafeDatabaseError);
});

it('lets several processes start at once', async () => {
  const fresh = await freshDatabase();
  const stores = await Promise.all([1, 2, 3].map(() => Store.open({ url: fresh.url, allowUnsafe: true })));
  await Promise.all(stores.map((one) => one.close()));
  await fresh.drop();
});

it('waits for another process that migrates for longer than any query may take', async () => {
  const fresh = await freshDatabase();
  const holder = await Store.open({ url: fresh.url, allowUnsafe: true });
  const other = holder.dataSource.createQueryRunner();
  await other.query('SELECT pg_advisory_lock(7204118551)');
  const opening = Store.open({ url: fresh.url, allowUnsafe: true, queryTimeoutMs: 300 });
  const first = await Promise.race([opening, new Promise((resolve) => setTimeout(() => resolve('waits'), 1_500))]);
  await other.query('SELECT pg_advisory_unlock(7204118551)');
  await other.release();
  expect(first).toBe('waits');
  const opened = await opening;
  await Promise.all([holder.close(), opened.close()]);
  await fresh.drop();
});

it('numbers changes without a hole, whatever is rolled back', async () => {
  const change = (n: number) => ({
    kind: 'host-retired' as const,
    at: new Date(Date.UTC(2026, 0, 1) + n).toISOString(),
    hostId: '01890a5d-ac96-774b-bcce-b302099a8057',
  });
  const first = await store.read.changes.last();
  const writers = Array.from({ length: 8 }, async (_, writer) => {
    for (let turn = 0; turn < 10; turn++)
      await store
        .inTransaction(async (tx) => {
          await tx.changes.append([change(writer * 100 + turn), change(turn)]);
          if ((writer + turn) % 3 === 0) throw new Error('rolled back on purpose');
        })
        .catch(() => undefined);
  });
  await Promise.all(writers);
  const seqs = (await store.read.changes.since(first, 1000)).map((one) => one.seq);
  expect(seqs.length).toBeGreaterThan(50);
  expect(seqs).toEqual(seqs.map((_, at) => first + 1 + at));
});
