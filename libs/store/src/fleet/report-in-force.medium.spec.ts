import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../../../../tools/testing/fresh-database.js';
import { type IncomingReport, Store } from '../index.js';

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

const sql = <T>(text: string, values: unknown[] = []) => store.dataSource.query<T[]>(text, values);
async function enrolled(): Promise<string> {
  const id = randomUUID();
  await sql(`INSERT INTO host (id, hostname, platform, install_id) VALUES ($1, 'h', 'windows', $2)`, [
    id,
    randomUUID(),
  ]);
  return id;
}
const heard = (hostId: string, seq: number, receivedAt: string): IncomingReport => ({
  ...{ hostId, contentHash: Buffer.of(seq), receivedAt, observedAt: receivedAt },
  head: { reportId: randomUUID(), installId: hostId, bootId: hostId, seq },
});
async function take(item: IncomingReport, inForce: boolean): Promise<string> {
  await store.inTransaction(async (tx) => {
    await tx.reports.store([{ item, document: Buffer.from('document'), remembered: null }]);
    if (inForce) await tx.reports.seen([{ ...item, inForce, identityConflict: false, lunKeysSaid: null }]);
  });
  return item.head.reportId;
}
const idsOf = async (hostId: string) => (await store.read.storage.reportIds([hostId])).get(hostId);
const documents = async (hostId: string) =>
  (await sql<{ report_id: string }>('SELECT report_id FROM report WHERE host_id = $1', [hostId])).map(
    (row) => row.report_id,
  );

describe('the report in force', () => {
  it('is the newest that took its place, and stays when the same is said again', async () => {
    const host = await enrolled();
    await take(heard(host, 1, '2026-11-20T06:00:00.000Z'), true);
    const second = await take(heard(host, 2, '2026-11-20T07:00:00.000Z'), true);
    await take(heard(host, 1, '2026-11-20T07:30:00.000Z'), false);
    const again = { ...heard(host, 3, '2026-11-20T08:00:00.000Z'), identityConflict: false, lunKeysSaid: null };
    await store.inTransaction((tx) => tx.reports.seen([{ ...again, inForce: false }]));
    expect(await idsOf(host)).toBe(second);
  });

  it('is never forgotten, however old it is', async () => {
    const host = await enrolled();
    await take(heard(host, 1, '2026-01-01T06:00:00.000Z'), true);
    const inForce = await take(heard(host, 2, '2026-01-02T06:00:00.000Z'), true);
    const late = await take(heard(host, 1, '2026-11-01T06:00:00.000Z'), false);
    await store.read.reports.forgetBefore('2026-10-01T00:00:00.000Z', '2026-10-01T00:00:00.000Z');
    expect((await documents(host)).toSorted()).toEqual([inForce, late].toSorted());
  });

  it('is the same one after an upgrade, and after the way back', async () => {
    const host = await enrolled();
    await take(heard(host, 1, '2026-11-20T06:00:00.000Z'), true);
    const inForce = await take(heard(host, 2, '2026-11-20T07:00:00.000Z'), true);
    const has = `SELECT FROM migrations WHERE name = 'ReportInForce1763800000025'`;
    while ((await sql(has)).length > 0) await store.dataSource.undoLastMigration();
    const marked = 'SELECT report_id FROM report WHERE in_force AND host_id = $1';
    expect(await sql(marked, [host])).toEqual([{ report_id: inForce }]);
    await store.dataSource.runMigrations();
    expect(await idsOf(host)).toBe(inForce);
  });
});
