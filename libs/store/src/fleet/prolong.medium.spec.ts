import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
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

const contentHash = Buffer.of(1);
const reportedAt = '2026-11-20T06:00:00Z';
const at = (minutes: number): string => new Date(Date.parse(reportedAt) + minutes * 60_000).toISOString();

/** Hosts that reported once, each with a verdict that leans on a map for two hours. */
async function hosts(count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => randomUUID());
  await store.dataSource.query(
    `INSERT INTO host (id, hostname, platform, install_id) SELECT id, 'h', 'windows', id FROM unnest($1::uuid[]) id`,
    [ids],
  );
  await store.dataSource.query(
    `INSERT INTO host_seen (host_id, last_seen_at, observed_at, report_ms, map_until, other_until, boot_id, seq, content_hash)
     SELECT id, $2, $2, 10800000, $3, $3, id, 1, $4 FROM unnest($1::uuid[]) id`,
    [ids, reportedAt, at(120), contentHash],
  );
  return ids;
}

const unchanged = (hostId: string, seq: number): IncomingReport => ({
  hostId,
  head: { reportId: randomUUID(), installId: hostId, bootId: hostId, seq },
  contentHash,
  receivedAt: at(1),
  observedAt: at(1),
});

/** The same list in another order each time; no randomness, so that a failure comes again. */
const turned = <T>(list: readonly T[], by: number): T[] => [...list.slice(by), ...list.slice(0, by)].toReversed();

it('takes unchanged reports in and prolongs verdicts at the same time without a deadlock', async () => {
  const ids = await hosts(600);
  const refusals: unknown[] = [];
  const note = (error: unknown) => {
    refusals.push(error);
    return new Set<string>();
  };
  let isDone = false;
  let prolonged = 0;
  const prolonger = async () => {
    while (!isDone) await store.read.assessments.prolong(at(120 + ++prolonged / 60), at(1)).catch(note);
  };
  /** Two replicas get the same hosts in different orders; every report has a number of its own. */
  const replica = async (parity: number) => {
    let touched = 0;
    for (let round = 1; round <= 60; round++) {
      const batch = turned(ids, (round * 97 * (parity + 1)) % ids.length).slice(0, 128);
      const reports = batch.map((hostId) => unchanged(hostId, round * 2 + parity));
      touched += (await store.read.reports.touchUnchanged(reports).catch(note)).size;
    }
    return touched;
  };
  const prolonging = prolonger();
  const touched = await Promise.all([replica(0), replica(1)]);
  isDone = true;
  await prolonging;
  expect(refusals).toEqual([]);
  expect(Math.min(...touched)).toBeGreaterThan(0);
  expect(prolonged).toBeGreaterThan(1);
});

it('prolongs neither what has run out nor what the calendar ends', async () => {
  const [runOut, byCalendar, whole] = (await hosts(3)) as [string, string, string];
  const set = (id: string, column: string, until: string) =>
    store.dataSource.query(`UPDATE host_seen SET ${column} = $2, other_until = $2 WHERE host_id = $1`, [id, until]);
  await set(runOut, 'map_until', at(50));
  await set(byCalendar, 'calendar_until', at(90));
  await store.read.assessments.prolong(at(240), at(60));
  const query = 'SELECT host_id, map_until, other_until FROM host_seen WHERE host_id = ANY($1::uuid[])';
  const rows = await store.dataSource.query<{ host_id: string; map_until: Date; other_until: Date }[]>(query, [
    [runOut, byCalendar, whole],
  ]);
  const ends = new Map(rows.map((row) => [row.host_id, [row.map_until.toISOString(), row.other_until.toISOString()]]));
  expect(ends.get(runOut)).toEqual([at(50), at(50)]);
  expect(ends.get(byCalendar)).toEqual([at(240), at(90)]);
  expect(ends.get(whole)).toEqual([at(240), at(240)]);
});
