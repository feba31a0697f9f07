import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../../../../tools/testing/fresh-database.js';
import { Store, type Tx } from '../index.js';

let database: FreshDatabase;
let store: Store;
let hostId: string;

beforeAll(async () => {
  database = await freshDatabase();
  store = await Store.open({ url: database.url, allowUnsafe: true });
  hostId = randomUUID();
  await store.dataSource.query(
    `INSERT INTO host (id, hostname, platform, install_id) VALUES ($1::uuid, 'h', 'linux', $1::uuid)`,
    [hostId],
  );
});
afterAll(async () => {
  await store.close();
  await database.drop();
});

const save = (tx: Tx, isFirst: boolean) =>
  tx.baselines.save([{ hostId, facts: { platform: 'linux' }, observedAt: null, isFirst }]);
/** What a reader is told within a transaction, and how often the table was read for it. */
async function toldIn(tx: Tx) {
  const texts: string[] = [];
  const silent = { logQueryError() {}, logQuerySlow() {}, logSchemaBuild() {}, logMigration() {}, log() {} };
  const before = store.dataSource.logger;
  store.dataSource.logger = { ...silent, logQuery: (text: string) => texts.push(text) };
  const told = await tx.baselines.of([hostId]);
  store.dataSource.logger = before;
  return { isFirst: told.get(hostId)?.isFirst, reads: texts.length };
}

it('is read once in a transaction, and again after it was written', async () => {
  await store.inTransaction(async (tx) => {
    expect(await toldIn(tx)).toEqual({ isFirst: undefined, reads: 1 });
    await save(tx, true);
    expect(await toldIn(tx)).toEqual({ isFirst: true, reads: 1 });
    expect(await toldIn(tx)).toEqual({ isFirst: true, reads: 0 });
    await save(tx, false);
    expect(await toldIn(tx)).toEqual({ isFirst: false, reads: 1 });
  });
});

it('is read anew by the next transaction', async () => {
  await store.inTransaction(async (tx) => {
    await tx.baselines.of([hostId]);
  });
  await store.inTransaction((tx) => save(tx, true));
  await store.inTransaction(async (tx) => expect(await toldIn(tx)).toEqual({ isFirst: true, reads: 1 }));
});
