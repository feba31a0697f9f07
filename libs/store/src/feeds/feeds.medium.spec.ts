import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest';
import { z } from 'zod';
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

const kev = { kind: 'kev', scope: '' } as const;
const body = (isRansomware: boolean) => ({ addedOn: '2024-10-17', dueOn: '2024-11-07', isRansomware });
const entry = (key: string, isRansomware = false) => ({ key, body: body(isRansomware) });
const sql = (text: string, values: unknown[] = []) => store.dataSource.query(text, values);
const hostId = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

describe('the entries of a feed', () => {
  const keys = Array.from({ length: 9 }, (_, n) => `CVE-2020-000${n}`);
  const replace = (feed: typeof kev | typeof ubuntu, entries: { key: string; body: unknown }[], among = keys) =>
    store.inTransaction(async (tx) => {
      const count = await tx.feeds.replaceEntries(feed, entries);
      const changed = await tx.feeds.changedAmong(among);
      expect(changed).toHaveLength(count);
      return changed;
    });
  const ubuntu = { kind: 'end-of-support', scope: 'ubuntu' } as const;

  it('change only where they say something else', async () => {
    await replace(kev, [entry('CVE-2020-0001'), entry('CVE-2020-0002'), entry('CVE-2020-0003')]);
    const again = [entry('CVE-2020-0001'), entry('CVE-2020-0002', true), entry('CVE-2020-0004')];
    expect(await replace(kev, again)).toEqual(['CVE-2020-0002', 'CVE-2020-0003', 'CVE-2020-0004']);
    expect(await replace(kev, again)).toEqual([]);
  });

  it('of one product leave those of another alone', async () => {
    const ends = { endsOn: '2027-01-12', extendedEndsOn: null };
    const all = ['ubuntu/24.04', 'ubuntu-core/24'];
    await replace(ubuntu, [{ key: 'ubuntu/24.04', body: ends }], all);
    await replace({ ...ubuntu, scope: 'ubuntu-core' } as never, [{ key: 'ubuntu-core/24', body: ends }], all);
    expect(await replace(ubuntu, [], all)).toEqual(['ubuntu/24.04']);
    const left = await store.read.feeds.bodies('end-of-support', z.unknown(), all);
    expect([...left.keys()]).toEqual(['ubuntu-core/24']);
  });
});

/** `hosts` hosts with 5 CVEs each; 10 of them hang on CVE-2024-40711 too. */
async function fleetOf(hosts: number): Promise<void> {
  await sql(`TRUNCATE host CASCADE`);
  await sql(
    `INSERT INTO host (id, hostname, platform, install_id)
     SELECT ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, 'host-' || n, 'windows', gen_random_uuid()
     FROM generate_series(1, $1::int) n`,
    [hosts],
  );
  await sql(
    `INSERT INTO host_seen (host_id, last_seen_at, observed_at, report_ms, boot_id, seq, content_hash)
     SELECT id, now(), now(), 1000000, gen_random_uuid(), 1, 'x' FROM host`,
  );
  for (let cve = 1000; cve < 1005; cve++)
    await sql(`INSERT INTO host_feed_key (key, host_id) SELECT 'CVE-2020-' || $1::int, id FROM host`, [cve]);
  await sql(`INSERT INTO host_feed_key (key, host_id) SELECT 'CVE-2024-40711', unnest($1::uuid[])`, [
    Array.from({ length: 10 }, (_, n) => hostId(n + 1)),
  ]);
  await sql(`ANALYZE host_feed_key, host_seen, host`);
}

type Work = { statements: number; read: number; written: number };

/** What one KEV flip costs, in statements and in rows that PostgreSQL says it touched. */
async function flip(isRansomware: boolean): Promise<{ hosts: string[]; work: Work }> {
  return store.inTransaction(async (tx) => {
    const before = await touched(tx);
    const statements = counted(tx);
    await tx.feeds.replaceEntries(kev, [entry('CVE-2024-40711', isRansomware), entry('CVE-2020-9999')]);
    const hosts = await tx.feedKeys.hostsOnChanged();
    await tx.feedKeys.letRunOut(hosts);
    const count = statements();
    const after = await touched(tx);
    const work = { statements: count, read: after.read - before.read, written: after.written - before.written };
    return { hosts, work };
  });
}

/** Rows that this session's transactions read and wrote, as PostgreSQL counts them. */
async function touched(tx: Tx): Promise<{ read: number; written: number }> {
  const row = await tx.sql.one(
    z.object({ read: z.string().transform(Number), written: z.string().transform(Number) }),
    `SELECT coalesce(sum(seq_tup_read + coalesce(idx_tup_fetch, 0)), 0)::text AS read,
       coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0)::text AS written FROM pg_stat_xact_user_tables`,
  );
  if (row === null) throw new Error('no statistics');
  return row;
}

function counted({ sql: { many, run }, sql: wrapped }: Tx): () => number {
  let count = 0;
  Object.assign(wrapped, {
    many: (...args: Parameters<typeof many>) => {
      count += 1;
      return many.apply(wrapped, args);
    },
    run: (...args: Parameters<typeof run>) => {
      count += 1;
      return run.apply(wrapped, args);
    },
  });
  return () => count;
}

describe('one vulnerability that becomes exploited', () => {
  const costs: Work[] = [];
  beforeEach(async () => {
    const entries = [entry('CVE-2024-40711', false), entry('CVE-2020-9999')];
    await store.inTransaction((tx) => tx.feeds.replaceEntries(kev, entries));
  });

  test.each([1_000, 100_000])('among %i hosts touches the ten that have it, and no others', async (size) => {
    await fleetOf(size);
    const { hosts, work } = await flip(true);
    expect(hosts).toEqual(Array.from({ length: 10 }, (_, n) => hostId(n + 1)));
    const [run] = await sql(`SELECT count(*)::int AS out FROM host_seen WHERE report_ms = 0`);
    expect(run.out).toBe(10);
    console.log(`KEV flip among ${size} hosts: ${JSON.stringify(work)}`);
    costs.push(work);
  });

  it('costs the same in a fleet a hundred times as large', () => {
    const [small, large] = costs;
    if (small === undefined || large === undefined) throw new Error('the tests before this one did not run');
    expect(large.statements).toBe(small.statements);
    expect(large.written).toBe(small.written);
    expect(large.read).toBeLessThanOrEqual(2 * small.read);
  });
});

describe('what a host hangs on', () => {
  it('is written only where it differs', async () => {
    await fleetOf(20);
    const keys = [{ hostId: hostId(20), keys: ['CVE-2020-0001', 'windows server 2019'] }];
    await store.read.feedKeys.replace(keys);
    const written = await store.inTransaction(async (tx) => {
      const before = await touched(tx);
      await tx.feedKeys.replace(keys);
      return (await touched(tx)).written - before.written;
    });
    expect(written).toBe(0);
    expect(await store.read.feedKeys.hostsOn(['windows server 2019', 'CVE-2020-0001'])).toEqual([hostId(20)]);
    await store.read.feedKeys.replace([{ hostId: hostId(20), keys: [] }]);
    expect(await store.read.feedKeys.hostsOn(['CVE-2020-0001'])).toEqual([]);
  });
});
