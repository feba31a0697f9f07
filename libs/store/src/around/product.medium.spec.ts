import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../../../../tools/testing/fresh-database.js';
import { Store, type Tx } from '../index.js';

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

/** Hosts of a fleet of so many, and no others. */
async function hosts(count: number): Promise<string[]> {
  await store.dataSource.query('DELETE FROM host');
  const ids = Array.from({ length: count }, () => randomUUID());
  await store.dataSource.query(
    `INSERT INTO host (id, hostname, platform, install_id) SELECT id, 'h', 'windows', id FROM unnest($1::uuid[]) id`,
    [ids],
  );
  return ids;
}

/** A report of a backup server that concerns everybody: nobody can prove when it was true. */
const say = (tx: Tx, hostId: string) =>
  tx.products.change(
    { hostId, observedAt: null },
    {
      hostId,
      server: { name: 'x', build: '1.1', patches: { value: [] }, isDomainJoined: { value: false } },
      said: '',
      proxies: [],
      hasStrangers: false,
    },
  );

it('a clock that was a month ahead for a while keeps no backup server waiting for that month', async () => {
  const [server = ''] = await hosts(40_000);
  const turn = (at: string) =>
    store.inTransaction(async (tx) => {
      await say(tx, server);
      return tx.products.haveWaited(at);
    });
  expect(await turn('2026-12-20T06:00:00.000Z')).toBe(true);
  expect(await turn('2026-11-20T06:00:00.000Z')).toBe(true);
  expect(await turn('2026-11-20T06:01:00.000Z')).toBe(false);
  expect(await turn('2026-11-20T06:07:00.000Z')).toBe(true);
});
