import { randomBytes, randomUUID } from 'node:crypto';
import { type HostFacts, silentAfterMs } from '@lunwarden/contract';
import { reportOf, vmfsDisk, windowsBootDisk, windowsFacts } from '@lunwarden/sample-fleet';
import { Module } from '@nestjs/common';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../../../../tools/testing/fresh-database.js';
import { type Replica, startReplica } from '../../e2e/replica.js';
import type { ApiConfig } from '../config.js';
import { decodeReport } from '../intake/decode-report.js';
import { FactsMemory } from '../intake/facts-memory.js';
import { IntakeModule } from '../intake/intake.module.js';
import { IntakeService } from '../intake/intake.service.js';
import { AcceptanceExpiry } from './acceptance-expiry.js';
import { FindingsModule } from './findings.module.js';
import { FindingsService } from './findings.service.js';

@Module({ imports: [IntakeModule, FindingsModule] })
class Parts {}

const rule = 'automount-enabled';
const facts = windowsFacts({
  disks: { value: [windowsBootDisk(), vmfsDisk(1)] },
  automount: { value: 'enabled' },
});
const day = 86_400_000;
const morning = Date.parse('2026-11-20T06:00:00.000Z');

let database: FreshDatabase;
let time: number;
const replicas: Replica[] = [];

async function replica(role: ApiConfig['role'] = 'api'): Promise<Replica> {
  const one = await startReplica(Parts, { databaseUrl: database.url, now: () => new Date(time), role });
  replicas.push(one);
  return one;
}

beforeEach(async () => {
  database = await freshDatabase();
  time = morning;
});
afterEach(async () => {
  for (const { app } of replicas.splice(0)) await app.close();
  await database.drop();
});

/** A host whose risk somebody has accepted until `until`. */
async function accepted({ store, app }: Replica, hostname: string, until: number): Promise<string> {
  const host = { hostId: randomUUID(), installId: randomUUID(), keyHash: randomBytes(32) };
  await store.inTransaction((tx) => tx.enrollment.addHost({ ...host, hostname, platform: 'windows' }, new Date(time)));
  await app.get(IntakeService).accept(host.hostId, await report(host.installId, facts));
  const at = new Date(until).toISOString();
  const update = { version: 1, state: 'accepted' as const, note: 'replaced in spring', until: at };
  await app.get(FindingsService).update(host.hostId, rule, update, 'ada');
  return host.hostId;
}

function report(installId: string, said: HostFacts) {
  const at = new Date(time).toISOString();
  const reportId = `01890a5d-ac96-774b-bcce-${randomUUID().slice(-12)}`;
  const head = { reportId, installId, bootId: randomUUID(), seq: 1, ageMs: 0, collectedAt: at, sentAt: at };
  return decodeReport(Buffer.from(JSON.stringify(reportOf(said, head))), undefined, new FactsMemory());
}

/** As it is stored: whoever asks is told of an acceptance that ran out before anybody has ended it. */
const stored = async ({ store }: Replica, hostId: string) => {
  const row = (await store.read.findingWork.of([hostId])).find((one) => one.rule === rule);
  return { state: row?.state, voided: row?.voided, changedBy: row?.changedBy };
};
const over = { state: 'open', voided: 'expired', changedBy: null };
const standing = { state: 'accepted', voided: null, changedBy: 'ada' };

it('ends what has run out, tells the stream once, and leaves alone what holds', async () => {
  const api = await replica();
  const [ending, holding] = [await accepted(api, 'a', time + day), await accepted(api, 'b', time + 2 * day)];
  const expiry = api.app.get(AcceptanceExpiry);
  time += day - 1;
  await expiry.look();
  expect([await stored(api, ending), await stored(api, holding)]).toEqual([standing, standing]);
  time += 1;
  const before = await api.store.read.changes.last();
  await expiry.look();
  expect([await stored(api, ending), await stored(api, holding)]).toEqual([over, standing]);
  const told = (await api.store.read.changes.since(before, 100)).filter(({ kind }) => kind === 'findings');
  expect(told).toMatchObject([{ hostId: ending, counts: { accepted: 0 } }]);
  const after = await api.store.read.changes.last();
  await expiry.look();
  expect(await api.store.read.changes.last()).toBe(after);
});

it('is the business of whoever runs jobs, and begins with its start', async () => {
  const api = await replica();
  // Before the host falls silent: its verdict gives nobody another reason to judge it again.
  const soon = silentAfterMs / 2;
  const hostId = await accepted(api, 'a', time + soon);
  time += soon;
  await replica('api');
  expect(await stored(api, hostId)).toEqual(standing);
  await replica('all');
  await vi.waitFor(async () => expect(await stored(api, hostId)).toEqual(over), 10_000);
});
