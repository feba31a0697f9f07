import { randomUUID } from 'node:crypto';
import type { MapLosses } from '@lunwarden/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../../../../tools/testing/fresh-database.js';
import { type MapAttempt, Store } from '../index.js';

let database: FreshDatabase;
let store: Store;
let id: string;

beforeAll(async () => {
  database = await freshDatabase();
  store = await Store.open({ url: database.url, allowUnsafe: true });
});
afterAll(async () => {
  await store.close();
  await database.drop();
});
beforeEach(async () => {
  id = randomUUID();
  await store.read.imports.add(id, id, id);
  await store.dataSource.query(`INSERT INTO vcenter_collection (vcenter_id, due_at) VALUES ($1, now())`, [id]);
});

let minute = 0;
function attemptOf(outcome: MapAttempt['outcome'], losses: MapLosses | null = null): MapAttempt {
  const startedAt = new Date(Date.UTC(2026, 10, 22, 0, minute++)).toISOString();
  return { startedAt, outcome, losses, durationMs: 1, counts: null, gaps: [], errorCode: null, error: null };
}
const next = { inMs: 0, failures: 0, detailsInMs: null };
const finish = (attempt: MapAttempt) => store.read.collections.finish(id, attempt, next);
const confirm = (losses: MapLosses) => store.inTransaction((tx) => tx.collections.confirm(id, losses));
/** What the next attempt may rely on. */
async function held(): Promise<MapLosses | null | undefined> {
  const owner = randomUUID();
  await store.read.collections.claim(id, owner, 60_000);
  const { confirmed } = (await store.read.collections.hold(id, owner)) ?? {};
  await store.read.collections.release(id, owner);
  return confirmed;
}
const pass = (interval: string) =>
  store.dataSource.query(
    `UPDATE vcenter_collection SET confirmed_until = confirmed_until - $2::interval
    WHERE vcenter_id = $1`,
    [id, interval],
  );

describe('a confirmation', () => {
  it('holds for 24 hours, through attempts that bring nothing, and is told with its end', async () => {
    await finish(attemptOf('needs-confirmation', { hosts: 4 }));
    const before = Date.now();
    expect(await confirm({ hosts: 4 })).toBe(true);
    const told = await store.read.vcenters.status(id);
    expect(told?.confirmed).toEqual({ hosts: 4 });
    const hours = (Date.parse(told?.confirmedUntil ?? '') - before) / 3_600_000;
    expect(hours).toBeGreaterThan(23.9);
    expect(hours).toBeLessThan(24.1);
    await finish(attemptOf('failed'));
    await pass('23 hours 50 minutes');
    expect(await held()).toEqual({ hosts: 4 });
    await finish(attemptOf('incomplete'));
    await pass('20 minutes');
    expect(await held()).toBeNull();
    expect(await store.read.vcenters.status(id)).toMatchObject({ confirmed: null, confirmedUntil: null });
  });

  it('is given anew for the same losses, once it has ended', async () => {
    await finish(attemptOf('needs-confirmation', { hosts: 4 }));
    await confirm({ hosts: 4 });
    await pass('25 hours');
    expect(await confirm({ hosts: 4 })).toBe(true);
    expect(await held()).toEqual({ hosts: 4 });
  });

  it('is refused for losses that are no longer the last ones when it gets its turn', async () => {
    await finish(attemptOf('needs-confirmation', { hosts: 4 }));
    let answer: Promise<boolean> = Promise.resolve(true);
    await store.inTransaction(async (tx) => {
      await tx.collections.finish(id, attemptOf('needs-confirmation', { hosts: 2 }), next);
      answer = confirm({ hosts: 4 });
      await untilSomebodyWaits();
    });
    expect(await answer).toBe(false);
    expect(await held()).toBeNull();
  });
});

async function untilSomebodyWaits(): Promise<void> {
  const text = `SELECT count(*)::int AS waiting FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  for (;;) {
    const [row] = await store.dataSource.query<{ waiting: number }[]>(text);
    if ((row?.waiting ?? 0) > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
