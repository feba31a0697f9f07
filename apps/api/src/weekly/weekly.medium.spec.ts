import { randomUUID } from 'node:crypto';
import { WeeklyReport } from '@lunwarden/contract';
import type { INestApplication } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../../../../tools/testing/fresh-database.js';
import { startReplica } from '../../e2e/replica.js';
import { ReassessService } from '../assess/reassess.service.js';
import type { ApiConfig } from '../config.js';
import { WeeklyModule } from './weekly.module.js';
import { WeeklyService } from './weekly.service.js';

let database: FreshDatabase;
let apps: INestApplication[] = [];
let now = new Date();

beforeEach(async () => {
  database = await freshDatabase();
  [apps, now] = [[], new Date('2026-11-23T06:00:00.000Z')];
});
afterEach(async () => {
  for (const app of apps) await app.close();
  await database.drop();
});

async function replica(changes: Partial<ApiConfig> = {}) {
  const one = await startReplica(WeeklyModule, { databaseUrl: database.url, now: () => now, ...changes });
  apps.push(one.app);
  return { ...one, weekly: one.app.get(WeeklyService), get: (path: string) => one.call('GET', `/weekly${path}`) };
}
type Replica = Awaited<ReturnType<typeof replica>>;

async function enrol({ app, store }: Replica, hostname: string, enrolledAt = '2026-11-18T12:00:00Z') {
  await store.dataSource.query(
    `INSERT INTO host (id, hostname, platform, install_id, enrolled_at) VALUES ($1, $2, 'windows', $3, $4)`,
    [randomUUID(), hostname, randomUUID(), enrolledAt],
  );
  await app.get(ReassessService).everyone();
}
const stored = ({ store }: Replica): Promise<{ week: string; count: number }[]> =>
  store.dataSource.query(
    `SELECT week, jsonb_array_length(body->'hosts') AS count FROM weekly_snapshot ORDER BY week, time_zone`,
  );

describe('closing a week', () => {
  it('happens once, however many replicas want to', async () => {
    const replicas = await Promise.all([replica(), replica(), replica()]);
    await enrol(replicas[0], 'proxy-1');
    const tries = Array.from({ length: 12 }, (_, at) => replicas[at % 3]!.weekly.closeDue());
    const outcomes = (await Promise.all(tries)).sort();
    expect(outcomes).toEqual([...Array(11).fill('already-closed'), 'closed']);
    expect(await stored(replicas[0])).toEqual([{ week: '2026-W47', count: 1 }]);
    const runs = await replicas[0].store.dataSource.query(`SELECT slot, outcome FROM job_run WHERE job = 'weekly'`);
    expect(runs).toEqual([{ slot: '2026-W47 UTC', outcome: 'closed' }]);
  });

  it('leaves the week free for another try when it fails half-way', async () => {
    const one = await replica();
    await enrol(one, 'proxy-1');
    await one.store.dataSource.query(`ALTER TABLE weekly_snapshot ADD CONSTRAINT full_disk CHECK (week = '')`);
    await expect(one.weekly.closeDue()).rejects.toThrow();
    await one.store.dataSource.query(`ALTER TABLE weekly_snapshot DROP CONSTRAINT full_disk`);
    expect(await one.weekly.closeDue()).toBe('closed');
  });

  it('is made up for at the next start, by a worker and by nobody else', async () => {
    const api = await replica();
    await enrol(api, 'proxy-1');
    now = new Date('2026-11-26T15:00:00.000Z');
    const serving = await replica({ role: 'api' });
    await serving.app.close();
    expect(await stored(api)).toEqual([]);
    await replica({ role: 'worker' });
    await expect.poll(() => stored(api), { timeout: 10_000 }).toEqual([{ week: '2026-W47', count: 1 }]);
    expect((await api.get('/2026-W47')).json().snapshot.takenAt).toBe('2026-11-26T15:00:00.000Z');
  });

  it('does not report a week in which there was no fleet yet as an empty one', async () => {
    const one = await replica();
    expect(await one.weekly.closeDue()).toBe('no-fleet-yet');
    await enrol(one, 'proxy-1', '2026-11-23T00:00:00Z');
    expect(await one.weekly.closeDue()).toBe('no-fleet-yet');
    expect(await stored(one)).toEqual([]);
  });

  it('goes by the clock on the wall of the configured time zone', async () => {
    const berlin = await replica({ timeZone: 'Europe/Berlin' });
    await enrol(berlin, 'proxy-1');
    now = new Date('2026-11-23T04:59:00.000Z');
    expect(await berlin.weekly.closeDue()).toBe('no-fleet-yet');
    now = new Date('2026-11-23T05:00:00.000Z');
    expect(await berlin.weekly.closeDue()).toBe('closed');
    expect((await berlin.get('/2026-W47')).json().snapshot).toMatchObject({
      timeZone: 'Europe/Berlin',
      startsAt: '2026-11-15T23:00:00.000Z',
      endsAt: '2026-11-22T23:00:00.000Z',
    });
    await expect(replica({ timeZone: 'Mars/Olympus' })).rejects.toMatchObject({ code: 'UNKNOWN_TIME_ZONE' });
  });

  it('is refused for a week that is not over or does not exist', async () => {
    const { weekly } = await replica();
    await expect(weekly.close('2026-W48')).rejects.toMatchObject({ code: 'conflict' });
    await expect(weekly.close('2025-W53')).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('a closed week', () => {
  it.each([
    ['changed', `UPDATE weekly_snapshot SET vms_at_risk = 0`],
    ['deleted', `DELETE FROM weekly_snapshot`],
    ['cleared away', `TRUNCATE weekly_snapshot`],
    [
      'overwritten',
      `INSERT INTO weekly_snapshot SELECT * FROM weekly_snapshot
       ON CONFLICT (week, time_zone) DO UPDATE SET vms_at_risk = 0`,
    ],
  ])('cannot be %s, not even by SQL', async (_, sql) => {
    const one = await replica();
    await enrol(one, 'proxy-1');
    await one.weekly.closeDue();
    const before = await one.store.dataSource.query('SELECT * FROM weekly_snapshot');
    await expect(one.store.dataSource.query(sql)).rejects.toThrow('never changed');
    expect(await one.store.dataSource.query('SELECT * FROM weekly_snapshot')).toEqual(before);
  });

  it('keeps what it said, whatever the fleet does afterwards', async () => {
    const one = await replica();
    await enrol(one, 'proxy-1');
    await one.weekly.closeDue();
    const before = (await one.get('/2026-W47')).body;
    await enrol(one, 'proxy-2');
    now = new Date('2026-11-24T12:00:00.000Z');
    expect((await one.get('/2026-W47')).body).toBe(before);
  });

  it('is compared with the week before', async () => {
    const one = await replica();
    await enrol(one, 'proxy-1');
    await one.weekly.closeDue();
    await enrol(one, 'proxy-2');
    now = new Date('2026-11-30T06:00:00.000Z');
    expect(await one.weekly.closeDue()).toBe('closed');
    const { snapshot, difference } = WeeklyReport.parse((await one.get('/2026-W48')).json());
    expect(snapshot.levels).toEqual({ critical: 0, unknown: 2, high: 0, medium: 0, low: 0, minimal: 0 });
    expect(difference).toMatchObject({ before: '2026-W47', levels: { unknown: 1 } });
    expect(difference.appeared.map(({ hostname }) => hostname)).toEqual(['proxy-2']);
    expect((await one.get('')).json().map(({ week }: { week: string }) => week)).toEqual(['2026-W48', '2026-W47']);
  });
});

describe('a weekly file', () => {
  it('is a page that is saved and runs nothing', async () => {
    const one = await replica();
    await enrol(one, 'proxy-1');
    await one.weekly.closeDue();
    const { statusCode, headers, body } = await one.get('/2026-W47/report.html');
    expect(statusCode).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-disposition': 'attachment; filename="lunwarden-weekly_2026-W47.html"',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'unsafe-inline';.*sandbox$/);
    expect(body).toContain('proxy-1');
    expect(body).toContain('Stored once when the week was closed');
  });

  it('is a sheet with one row a host', async () => {
    const one = await replica();
    await enrol(one, 'proxy-1');
    await enrol(one, 'proxy-2');
    await one.weekly.closeDue();
    const { headers, body } = await one.get('/2026-W47/report.csv');
    expect(headers['content-type']).toMatch(/^text\/csv; charset=utf-8/);
    expect(headers['content-disposition']).toBe('attachment; filename="lunwarden-weekly_2026-W47.csv"');
    expect(body.trimEnd().split('\r\n')).toHaveLength(3);
  });

  it('of the current week is a preview, called so and never stored', async () => {
    const one = await replica();
    await enrol(one, 'proxy-1');
    const { snapshot } = (await one.get('/2026-W48')).json();
    expect(snapshot).toMatchObject({ takenAt: now.toISOString(), endsAt: '2026-11-30T00:00:00.000Z' });
    const { headers, body } = await one.get('/2026-W48/report.html');
    expect(body).toContain('Preview: the week is still open');
    expect(headers['content-disposition']).toContain('lunwarden-weekly_2026-W48-preview.html');
    expect(await stored(one)).toEqual([]);
    expect((await one.get('')).json()).toEqual([]);
  });

  it.each(['/2026-W49', '/2026-W46', '/2026-W46/report.html', '/2026-W46/report.csv'])(
    'does not exist at %s',
    async (path) => {
      const { get } = await replica();
      expect((await get(path)).statusCode).toBe(404);
    },
  );

  it.each(['/2026-W54', '/last', '/2026-W4'])('has no week such as %s', async (path) => {
    const { get } = await replica();
    expect((await get(path)).statusCode).toBe(422);
  });
});
