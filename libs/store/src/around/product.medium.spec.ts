import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
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

async function hosts(count: number): Promise<string[]> {
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

it('servers of one batch and the sweep that passes on what they say do not wait for each other', async () => {
  const [one = '', other = ''] = await hosts(2);
  const sweep = (tx: Tx) => tx.products.haveWaited('2026-11-20T06:00:00.000Z');
  // The sweep finds the row of the other first.
  for (const id of [other, one]) await store.inTransaction((tx) => say(tx, id));
  let swept: Promise<PromiseSettledResult<boolean>[]> | undefined;
  await store.inTransaction(async (tx) => {
    await say(tx, one);
    swept = Promise.allSettled([store.inTransaction(sweep)]);
    await sleep(300);
    await say(tx, other);
  });
  expect(await swept).toEqual([{ status: 'fulfilled', value: true }]);
  // What the batch said after the sweep had looked is not lost.
  expect(await store.inTransaction(sweep)).toBe(true);
});

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
