import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../../../../tools/testing/fresh-database.js';
import { lastOf, Store } from '../index.js';

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
    });
    expect((await store.read.owed.due(10)).map(({ hostId }) => hostId)).toEqual([second]);
    await store.read.owed.paid(await store.read.owed.due(10));
    expect(await store.read.owed.due(10)).toEqual([]);
    expect(first < second).toBe(true);
  });

  it('is asked for once in a transaction, because two that ask twice could wait for each other', async () => {
    const [first = '', second = ''] = await hosts(2);
    const twice = store.inTransaction(async (tx) => {
      await tx.owed.ask([second]);
      await tx.owed.ask([first]);
    });
    await expect(twice).rejects.toThrow('once');
    expect(await store.read.owed.due(10)).toEqual([]);
  });

  it('is asked for by many at once, for some hosts and for all, without a deadlock', async () => {
    const ids = await hosts(300);
    const ask = (n: number) => {
      const own = { ticket: randomUUID(), hostIds: ids.slice(n, n + 40).toReversed() };
      const some = n % 3 === 0 ? null : ids.slice(100 - n, 150 - n).toReversed();
      return store.inTransaction((tx) => tx.owed.ask(some, own));
    };
    for (let round = 0; round < 10; round++)
      await Promise.all(Array.from({ length: 8 }, (_, n) => ask((round * 8 + n) % 100)));
    const owed = await store.read.owed.due(400);
    expect(owed.filter(({ hostId }) => ids.includes(hostId))).toHaveLength(300);
    await store.read.owed.paid(owed);
  });

  it('comes to the 2,001st host too, however often the 2,000 before it are owed again', async () => {
    const ids = await hosts(2_001);
    const look = { now: '2026-11-20T06:00:00Z', silentBefore: '2026-11-20T05:00:00Z', model: '', limit: 2_000 };
    const turns = { judged: new Set<string>(), owed: new Set<string>() };
    let [afterDue, afterOwed]: [string | null, string | null] = [null, null];
    for (let sweep = 0; sweep < 2; sweep++) {
      await store.inTransaction((tx) => tx.owed.ask(ids));
      // Nobody is judged, so that all stay due; these here are so for no other reason than that they never were.
      const due = await store.read.assessments.due({ ...look, after: afterDue });
      const owed = await store.read.owed.due(2_000, afterOwed);
      for (const hostId of due) turns.judged.add(hostId);
      for (const { hostId } of owed) turns.owed.add(hostId);
      afterDue = lastOf(due, afterDue);
      afterOwed = lastOf(
        owed.map(({ hostId }) => hostId),
        afterOwed,
      );
      expect([due.length, owed.length]).toEqual([2_000, 2_000]);
    }
    for (const turn of [turns.judged, turns.owed]) expect(ids.filter((id) => !turn.has(id))).toEqual([]);
    await store.dataSource.query('DELETE FROM judgement_owed');
  });

  it('can be paid by who asked for it where he has the ticket, and by nobody else where he has not', async () => {
    const [own = '', other = ''] = await hosts(2);
    const ticket = randomUUID();
    await store.inTransaction((tx) => tx.owed.ask([own, other], { ticket, hostIds: [own] }));
    await store.read.owed.paid([own, other].map((hostId) => ({ hostId, ticket })));
    expect((await store.read.owed.due(10)).map(({ hostId }) => hostId)).toEqual([other]);
  });
});
