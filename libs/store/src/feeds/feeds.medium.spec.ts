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

/** `hosts` hosts that hang on the same CVEs and product; 10 of them on one CVE, its forecast and one update more. */
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
  for (const key of ['CVE-2020-1000', 'CVE-2020-1001', 'epss|CVE-2020-1000', 'windows server 2019', 'p|KB5070001'])
    await sql(`INSERT INTO host_feed_key (key, host_id) SELECT $1, id FROM host`, [key]);
  for (const key of ['CVE-2024-40711', 'epss|CVE-2024-40711', 'p|KB5070002'])
    await sql(`INSERT INTO host_feed_key (key, host_id) SELECT $1, unnest($2::uuid[])`, [key, struck.slice(0, hosts)]);
  await sql(`ANALYZE host_feed_key, host_seen, host`);
}
const struck = Array.from({ length: 10 }, (_, n) => hostId(n + 1));

type Work = { statements: number; read: number; written: number };
type Feed = Parameters<Tx['feeds']['replaceEntries']>[0];
type Entry = { key: string; body: unknown };

/** What one import costs, in statements and in rows that PostgreSQL says it touched. */
async function cost(feed: Feed, entries: Entry[], prefix = ''): Promise<{ hosts: string[]; work: Work }> {
  return store.inTransaction(async (tx) => {
    const before = await touched(tx);
    const statements = counted(tx);
    await tx.feeds.replaceEntries(feed, entries);
    await tx.feedKeys.takeFeeds();
    const hosts = await tx.feedKeys.hostsOnChanged({ prefix });
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

const epss = { kind: 'epss', scope: '' } as const;
const bulletins = { kind: 'kb-catalogue', scope: '' } as const;
const rated = (key: string, severity: string, supersedes: string[] = []) => ({
  key,
  body: { postedOn: '2026-11-10', severity, cves: ['CVE-2020-1'], supersedes, hasUnreadable: false },
});
const scored = (key: string, score: number) => ({ key, body: { epss: score } });

describe.each<[string, Feed, Entry[], Entry[], string]>([
  [
    'a vulnerability that becomes exploited',
    kev,
    [entry('CVE-2024-40711'), entry('CVE-2020-9999')],
    [entry('CVE-2024-40711', true), entry('CVE-2020-9999')],
    '',
  ],
  [
    'a forecast that jumps',
    epss,
    [scored('CVE-2024-40711', 0.1), scored('CVE-2020-1000', 0.2)],
    [scored('CVE-2024-40711', 0.9), scored('CVE-2020-1000', 0.2)],
    'epss|',
  ],
  [
    'an update that is rated worse',
    bulletins,
    [rated('p|KB5070002', 'important'), rated('p|KB5070001', 'important')],
    [rated('p|KB5070002', 'critical'), rated('p|KB5070001', 'important')],
    '',
  ],
])('%s', (name, feed, before, after, prefix) => {
  const costs: Work[] = [];
  beforeEach(async () => {
    await store.inTransaction((tx) => tx.feeds.replaceEntries(feed, before));
  });

  test.each([1_000, 100_000])('among %i hosts touches the ten that it concerns, and no others', async (size) => {
    await fleetOf(size);
    const { hosts, work } = await cost(feed, after, prefix);
    expect(hosts).toEqual(struck);
    const [run] = await sql(`SELECT count(*)::int AS out FROM host_seen WHERE feeds_moved`);
    expect(run.out).toBe(10);
    console.log(`${name} among ${size} hosts: ${JSON.stringify(work)}`);
    costs.push(work);
  });

  it('costs the same in a fleet a hundred times as large', () => {
    const [small, large] = costs;
    if (small === undefined || large === undefined) throw new Error('the tests before this one did not run');
    expect(large.statements).toBe(small.statements);
    expect(large.written).toBe(small.written);
    expect(large.read).toBeLessThanOrEqual(2 * small.read);
    // Ten hosts, their keys and their rows: an index that is not used would read thousands.
    expect(large.read).toBeLessThan(200);
  });
});

it('concerns all of a product when an update comes, goes, or supersedes another one', async () => {
  await fleetOf(20);
  const concerned = async (...entries: Entry[]) => (await cost(bulletins, entries)).hosts.length;
  await sql(`DELETE FROM feed_entry`);
  const other = rated('p|KB5070001', 'important');
  expect(await concerned(rated('windows server 2019|KB1', 'low'), other)).toBe(20);
  expect(await concerned(rated('windows server 2019|KB1', 'critical'), other)).toBe(0);
  expect(await concerned(rated('windows server 2019|KB1', 'critical', ['KB0']), other)).toBe(20);
});

describe('verdicts that an import lets run out', () => {
  const count = 400;
  const ids = () => Array.from({ length: count }, (_, n) => hostId(n + 1));

  it('are marked by two at once in whatever order without a deadlock', async () => {
    await fleetOf(count);
    const failures: unknown[] = [];
    const mark = (list: string[]) =>
      store.inTransaction((tx) => tx.feedKeys.letRunOut(list)).catch((error: unknown) => failures.push(error));
    for (let round = 0; round < 25; round++) {
      await sql(`UPDATE host_seen SET feeds_moved = false`);
      await Promise.all([mark(ids()), mark(ids().toReversed()), mark([...ids().slice(200), ...ids().slice(0, 200)])]);
    }
    expect(failures).toEqual([]);
  });

  it('take the rows in the order of the hosts: one that waits for a later host holds no earlier one that is not its own', async () => {
    await fleetOf(3);
    // The rows lie the other way round in the table.
    await sql(`UPDATE host_seen SET seq = seq + 1 WHERE host_id = $1`, [hostId(1)]);
    const holder = store.dataSource.createQueryRunner();
    await holder.connect();
    await holder.query('BEGIN');
    await holder.query('SELECT 1 FROM host_seen WHERE host_id = $1 FOR NO KEY UPDATE', [hostId(1)]);
    const marking = store.inTransaction((tx) => tx.feedKeys.letRunOut([hostId(3), hostId(2), hostId(1)]));
    const waiting = `SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE 'WITH held AS%'`;
    await expect.poll(async () => (await sql(waiting)).length).toBe(1);
    const free = await sql(`SELECT host_id FROM host_seen ORDER BY host_id FOR NO KEY UPDATE SKIP LOCKED`);
    expect(free.map(({ host_id }: { host_id: string }) => host_id)).toEqual([hostId(2), hostId(3)]);
    await holder.query('COMMIT');
    await holder.release();
    expect(await marking).toBe(3);
  });

  it('are none of those of a retired host, and are no longer prolonged', async () => {
    await fleetOf(2);
    await sql(`UPDATE host SET retired_at = now() WHERE id = $1`, [hostId(2)]);
    expect(await store.inTransaction((tx) => tx.feedKeys.letRunOut('all'))).toBe(1);
    const at = new Date().toISOString();
    const due = await store.read.assessments.due({ now: at, silentBefore: at, model: '', limit: 10, after: null });
    expect(due).toEqual([hostId(1)]);
  });

  it('are found even where a host is judged by the old feed at that very moment', async () => {
    await fleetOf(1);
    await store.inTransaction((tx) => tx.feeds.replaceEntries(kev, [entry('CVE-2020-9999')]));
    let go = () => {};
    const may = new Promise<void>((resolve) => {
      go = resolve;
    });
    // A report that is judged and not committed yet: it read the feed, and hangs on a CVE that nobody hung on before.
    let isJudged = () => {};
    const judged = new Promise<void>((resolve) => {
      isJudged = resolve;
    });
    const report = store.inTransaction(async (tx) => {
      await tx.reports.lock([hostId(1)]);
      await tx.feedKeys.replace([{ hostId: hostId(1), keys: ['CVE-2026-7777'] }]);
      isJudged();
      await may;
    });
    await judged;
    const imported = store.inTransaction(async (tx) => {
      await tx.feeds.replaceEntries(kev, [entry('CVE-2020-9999'), entry('CVE-2026-7777')]);
      await tx.feedKeys.takeFeeds();
      return tx.feedKeys.hostsOnChanged();
    });
    const waiting = `SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE 'SELECT pg_advisory_xact_lock(%'`;
    await expect.poll(async () => (await sql(waiting)).length).toBe(1);
    go();
    await report;
    expect(await imported).toEqual([hostId(1)]);
  });
});

describe('what a host hangs on', () => {
  it('is written only where it differs', async () => {
    await fleetOf(20);
    const keys = [{ hostId: hostId(20), keys: ['CVE-2020-0001', 'windows server 2016'] }];
    await store.read.feedKeys.replace(keys);
    const written = await store.inTransaction(async (tx) => {
      const before = await touched(tx);
      await tx.feedKeys.replace(keys);
      return (await touched(tx)).written - before.written;
    });
    expect(written).toBe(0);
    expect(await store.read.feedKeys.hostsOn(['windows server 2016', 'CVE-2020-0001'])).toEqual([hostId(20)]);
    await store.read.feedKeys.replace([{ hostId: hostId(20), keys: [] }]);
    expect(await store.read.feedKeys.hostsOn(['CVE-2020-0001'])).toEqual([]);
  });
});
