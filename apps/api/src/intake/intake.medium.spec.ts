import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HostFacts } from '@lunwarden/contract';
import { reportOf, storyFacts } from '@lunwarden/sample-fleet';
import { Store } from '@lunwarden/store';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../../../../tools/testing/fresh-database.js';
import { appModule } from '../app.module.js';
import { securityHeaders } from '../http/headers.js';
import { Refusal } from '../http/refusal.js';
import { httpServer } from '../http/server.js';
import { decodeReport } from './decode-report.js';
import { FactsMemory } from './facts-memory.js';
import { IntakeService } from './intake.service.js';

let database: FreshDatabase;
let folder: string;
let app: NestFastifyApplication;
let store: Store;
let client: pg.Pool;
const memory = new FactsMemory();

async function open(): Promise<NestFastifyApplication> {
  const config = {
    databaseUrl: database.url,
    host: '127.0.0.1',
    port: 0,
    keyringFile: join(folder, 'keyring'),
    dashboardDir: null,
    version: 'spec',
    role: 'api' as const,
    trustedOrigins: [],
    allowUnsafeDatabase: true,
  };
  const made = await NestFactory.create<NestFastifyApplication>(appModule(config), httpServer(securityHeaders(false)), {
    logger: ['error'],
    bodyParser: false,
  });
  return made.init();
}

beforeAll(async () => {
  database = await freshDatabase();
  folder = await mkdtemp(join(tmpdir(), 'lunwarden-intake-'));
  await writeFile(join(folder, 'keyring'), `${randomBytes(32).toString('base64')}\n`, { mode: 0o600 });
  app = await open();
  store = app.get(Store);
  client = new pg.Pool({ connectionString: database.url, max: 2 });
});
afterAll(async () => {
  await app.close();
  await client.end();
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

type Host = { hostId: string; installId: string; bootId: string; seq: number };

async function enrolled(hostname: string): Promise<Host> {
  const host = { hostId: randomUUID(), installId: randomUUID(), bootId: randomUUID(), seq: 0 };
  const row = { ...host, hostname, platform: 'windows' as const, keyHash: randomBytes(32) };
  await store.inTransaction((tx) => tx.enrollment.addHost(row, new Date()));
  return host;
}

const uuidv7 = () => {
  const time = Date.now().toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`;
};

function next(host: Host, facts: HostFacts) {
  host.seq++;
  const now = new Date().toISOString();
  const { installId, bootId, seq } = host;
  const report = reportOf(facts, {
    reportId: uuidv7(),
    installId,
    bootId,
    seq,
    ageMs: 0,
    collectedAt: now,
    sentAt: now,
  });
  return decodeReport(Buffer.from(JSON.stringify(report)), undefined, memory);
}

const rows = async (table: string): Promise<number> =>
  (await client.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${table}`)).rows[0]!.n;
const counts = async () =>
  Object.fromEntries(
    await Promise.all(
      ['report_receipt', 'report', 'sighting', 'assessment_history', 'change', 'host_seen'].map(async (table) => [
        table,
        await rows(table),
      ]),
    ),
  );

/** The texts of all statements that the store sends while `work` runs. */
async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  const texts: string[] = [];
  const log = { logQuery: (text: string) => texts.push(text) };
  const quiet = { logQueryError() {}, logQuerySlow() {}, logSchemaBuild() {}, logMigration() {}, log() {} };
  const before = store.dataSource.logger;
  store.dataSource.logger = { ...quiet, ...log };
  await work();
  store.dataSource.logger = before;
  return texts;
}

describe('a report that says nothing new', () => {
  it('costs its share of one statement, a receipt and no document', async () => {
    const intake = app.get(IntakeService);
    const hosts = await Promise.all(Array.from({ length: 64 }, (_, n) => enrolled(`quiet-${n}`)));
    const send = async (host: Host) => intake.accept(host.hostId, await next(host, storyFacts('popular-fix')));
    for (const host of hosts) expect((await send(host)).result).toBe('accepted');
    const before = await counts();
    const reports = await Promise.all(hosts.map((host) => next(host, storyFacts('popular-fix'))));
    const texts = await statementsOf(async () => {
      const taken = await Promise.all(hosts.map((host, at) => intake.accept(host.hostId, reports[at]!)));
      expect(new Set(taken.map(({ result }) => result))).toEqual(new Set(['unchanged']));
    });
    expect(texts.filter((text) => !/FROM change /.test(text))).toHaveLength(1);
    expect(await counts()).toEqual({ ...before, report_receipt: before.report_receipt! + 64 });
  });

  it('is not taken for one that uses an old name for something else', async () => {
    const intake = app.get(IntakeService);
    const host = await enrolled('reuses');
    const first = await next(host, storyFacts('popular-fix'));
    await intake.accept(host.hostId, first);
    const other = await next(host, storyFacts('service-pack-failed'));
    const reused = { ...other, head: { ...other.head, reportId: first.head.reportId } };
    await expect(intake.accept(host.hostId, reused)).rejects.toMatchObject({ code: 'conflict' });
    expect((await intake.accept(host.hostId, first)).result).toBe('duplicate');
  });
});

it('takes a batch of changed reports in with as many statements as one of them', async () => {
  const intake = app.get(IntakeService);
  const costOf = async (count: number) => {
    const hosts = await Promise.all(Array.from({ length: count }, (_, n) => enrolled(`changed-${count}-${n}`)));
    await Promise.all(
      hosts.map(async (host) => intake.accept(host.hostId, await next(host, storyFacts('popular-fix')))),
    );
    const reports = await Promise.all(hosts.map((host) => next(host, storyFacts('service-pack-failed'))));
    // What the first reports left owed is paid by now, and none of it is counted with the second ones.
    const owed = 'SELECT FROM judgement_owed WHERE host_id = ANY($1)';
    const ids = [hosts.map(({ hostId }) => hostId)];
    await vi.waitFor(async () => expect((await client.query(owed, ids)).rowCount).toBe(0), 10_000);
    const texts = await statementsOf(async () => {
      const taken = await Promise.all(hosts.map((host, at) => intake.accept(host.hostId, reports[at]!)));
      expect(new Set(taken.map(({ result }) => result))).toEqual(new Set(['accepted']));
    });
    // The stream looks for changes by itself, every now and then.
    return texts.slice(0, texts.indexOf('COMMIT') + 1).filter((text) => !/FROM change /.test(text));
  };
  const [one, many] = [await costOf(1), await costOf(40)];
  expect(many.length, many.join('\n')).toBeLessThanOrEqual(30);
  expect(many.length).toBe(one.length);
});

it('judges a host again whose report was under way while a newer map came in force', async () => {
  const intake = app.get(IntakeService);
  const host = await enrolled('under-way');
  const held = await client.connect();
  // Numbering the changes is the last that a batch does: it stands here, judged and not committed.
  await held.query('BEGIN; UPDATE change_counter SET seq = seq WHERE id = 1');
  const taken = intake.accept(host.hostId, await next(host, storyFacts('popular-fix')));
  const waits = `SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%UPDATE change_counter%'`;
  await vi.waitFor(async () => expect((await client.query(waits)).rowCount).toBe(1), 10_000);
  await client.query('UPDATE map_version SET version = version + 1 WHERE id = 1');
  expect(await store.read.assessments.one(host.hostId)).toBeNull();
  await held.query('COMMIT');
  held.release();
  expect((await taken).result).toBe('accepted');
  // Who wrote the receipt wrote the first verdict; another transaction has said until when this one holds.
  const again = `SELECT host_seen.xmin::text <> report_receipt.xmin::text AS again
    FROM host_seen JOIN report_receipt USING (host_id) WHERE host_id = $1`;
  await vi.waitFor(
    async () => expect((await client.query(again, [host.hostId])).rows).toEqual([{ again: true }]),
    10_000,
  );
});

it('owes a judgement for new sightings from their commit on, so that a process that ends there loses none', async () => {
  const intake = app.get(IntakeService);
  const host = await enrolled('cut-off');
  const owed = 'SELECT ticket FROM judgement_owed WHERE host_id = $1';
  const counter = await client.connect();
  await counter.query('BEGIN; UPDATE change_counter SET seq = seq WHERE id = 1');
  const taken = intake.accept(host.hostId, await next(host, storyFacts('popular-fix')));
  const waitsFor = (table: string) =>
    `SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%${table}%'`;
  await vi.waitFor(
    async () => expect((await client.query(waitsFor('UPDATE change_counter'))).rowCount).toBe(1),
    10_000,
  );
  // Whatever follows the commit asks for the version of the maps, and stands here as if the process had ended.
  const after = new pg.Client({ connectionString: database.url });
  await after.connect();
  const stopped = after.query('BEGIN; LOCK TABLE map_version IN ACCESS EXCLUSIVE MODE');
  await vi.waitFor(
    async () => expect((await client.query(waitsFor('LOCK TABLE map_version'))).rowCount).toBe(1),
    10_000,
  );
  await counter.query('COMMIT');
  counter.release();
  await stopped;
  expect((await taken).result).toBe('accepted');
  expect((await client.query(owed, [host.hostId])).rowCount).toBe(1);
  await after.query('COMMIT');
  await after.end();
  await vi.waitFor(async () => expect((await client.query(owed, [host.hostId])).rowCount).toBe(0), 10_000);
});

it('finishes what it has begun when it stops, and sends the rest away for a moment', async () => {
  const other = await open();
  const intake = other.get(IntakeService);
  const hosts = await Promise.all(Array.from({ length: 40 }, (_, n) => enrolled(`late-${n}`)));
  const reports = await Promise.all(hosts.map((host) => next(host, storyFacts('popular-fix'))));
  const before = await rows('report_receipt');
  const taken = hosts.map((host, at) => intake.accept(host.hostId, reports[at]!));
  const closed = other.close();
  await vi.waitFor(
    () =>
      expect(intake.accept(hosts[0]!.hostId, reports[0]!)).rejects.toSatisfy(
        (error: unknown) => error instanceof Refusal && error.code === 'unavailable' && error.retryAfterSeconds === 5,
      ),
    10_000,
  );
  expect((await Promise.all(taken)).map(({ result }) => result)).toEqual(hosts.map(() => 'accepted'));
  await closed;
  expect(await rows('report_receipt')).toBe(before + 40);
});
