import { randomUUID } from 'node:crypto';
import type { Assessment, HostSummary } from '@lunwarden/contract';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../../../../tools/testing/fresh-database.js';
import { Store } from '../index.js';
import type { NewVerdict } from './verdict.repository.js';

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

const morning = '2026-11-20T06:00:00.000Z';
const noon = '2026-11-20T12:00:00.000Z';
const hours = (at: string, count: number) => new Date(Date.parse(at) + count * 3_600_000).toISOString();

async function host(): Promise<string> {
  const id = randomUUID();
  await store.dataSource.query(
    `INSERT INTO host (id, hostname, platform, install_id) VALUES ($1::uuid, 'h', 'windows', $1::uuid)`,
    [id],
  );
  await store.dataSource.query(
    `INSERT INTO host_seen (host_id, last_seen_at, observed_at, boot_id, seq, content_hash) VALUES ($1::uuid, $2, $2, $1::uuid, 1, '')`,
    [id, morning],
  );
  return id;
}

function verdict(hostId: string, at: string, text: string): NewVerdict {
  const validity = { reportMs: 10_800_000, mapUntil: null, calendarUntil: hours(at, 24) };
  const scored = { score: 10, low: 0, level: 'low' as const };
  const mode = { ...scored, inForce: false, feasible: 'yes' as const, feasibility: 'yes', unmasked: scored };
  const evidence = [{ text, source: 'disks', observedAt: at }];
  const assessment: Assessment = {
    ...{ hostId, asOf: at, validUntil: hours(at, 3), validity, policyVersion: '1', ...scored, completeness: 1 },
    ...{ missing: [], floors: [], mode: { effective: 'network', evidence: 'observed', detail: '' } },
    modes: (['direct-san', 'virtual-appliance', 'network'] as const).map((name) => ({
      ...{ ...mode, mode: name, throughputIndex: 1, esxiLoad: 'none' },
    })),
    exposure: {
      ...{ visibleDisks: 1, vmfsLuns: 0, unmappedLuns: 0, datastores: [], vms: 0 },
      ...{ isComplete: true, mapCollectedAt: null },
    },
    patch: { level: 'low', detail: '' },
    drivers: [],
    findings: Array.from({ length: 40 }, (_, n) => ({
      ...{ code: 'WIN-001', rule: `rule-${n}`, verdict: 'safe' as const, severity: 'low' as const, title: `Rule ${n}` },
      evidence,
    })),
  };
  const summary: HostSummary = {
    ...{ hostId, hostname: 'h', platform: 'windows', os: 'Windows', ...scored, completeness: 1, mode: 'network' },
    ...{ modeEvidence: 'observed', patch: 'low', automount: 'disabled', sanPolicy: 'OfflineAll', vmfsLuns: 0 },
    ...{ writableLuns: 0, datastoreIds: [], vms: 0, blastIsComplete: true, topReason: null, observedAt: at },
    ...{ lastReportAt: at, validUntil: hours(at, 3), validity, state: 'reporting' },
  };
  return { assessment, summary, feedKeys: [], judgedBy: '' };
}

const save = (judged: readonly NewVerdict[], at: string) =>
  store.inTransaction(async (tx) =>
    tx.verdicts.save(judged, await tx.verdicts.standing(judged.map(({ summary }) => summary.hostId)), at),
  );
const stored = async (hostId: string) => {
  const query = 'SELECT xmin::text, length(body) AS bytes FROM assessment WHERE host_id = $1';
  const [row] = await store.dataSource.query<[{ xmin: string; bytes: number }]>(query, [hostId]);
  return row;
};

it('is written again only where it says something else, and holds as long as the newest one all the same', async () => {
  const id = await host();
  expect(await save([verdict(id, morning, 'Disk 1: offline')], morning)).toEqual(new Set([id]));
  const before = await stored(id);
  // The same, six hours later: every time in it is another one.
  await store.dataSource.query('UPDATE host_seen SET observed_at = $2, last_seen_at = $2 WHERE host_id = $1', [
    id,
    noon,
  ]);
  expect(await save([verdict(id, noon, 'Disk 1: offline')], noon)).toEqual(new Set());
  expect(await stored(id)).toEqual(before);
  const { assessment, summary } = (await store.read.assessments.one(id))!;
  const newest = verdict(id, noon, '').assessment;
  for (const shown of [assessment, summary])
    expect(shown).toMatchObject({ validUntil: newest.validUntil, validity: newest.validity });
  expect(assessment.asOf).toBe(noon);
  expect(summary).toMatchObject({ observedAt: noon, lastReportAt: noon });
  await save([verdict(id, noon, 'Disk 1: online')], noon);
  expect((await stored(id)).xmin).not.toBe(before.xmin);
  expect((await store.read.assessments.one(id))!.assessment).toEqual(verdict(id, noon, 'Disk 1: online').assessment);
});

it('is listed once for each host, however many pages they fill', async () => {
  const before = (await store.read.assessments.summaries()).map(({ hostId }) => hostId);
  const rows = await store.dataSource.query<{ id: string }[]>(
    `INSERT INTO host (id, hostname, platform, install_id)
     SELECT gen_random_uuid(), 'h' || n, 'windows', gen_random_uuid() FROM generate_series(1, 1100) AS n RETURNING id`,
  );
  const ids = rows.map(({ id }) => id);
  await store.dataSource.query(
    `INSERT INTO host_seen (host_id, last_seen_at, observed_at, boot_id, seq, content_hash)
     SELECT id, $2, $2, id, 1, '' FROM unnest($1::uuid[]) AS id`,
    [ids, hours(noon, 1)],
  );
  await save(
    ids.map((id) => verdict(id, morning, 'Disk 1: offline')),
    morning,
  );
  const listed = (await store.read.assessments.summaries()).map(({ hostId }) => hostId);
  expect(listed).toEqual([...before, ...ids].toSorted());
  const seen = await store.read.assessments.seenSince(noon, await store.read.changes.last());
  expect(seen.map(({ hostId }) => hostId)).toEqual(ids.toSorted());
});

it('tells readers again of a verdict that was taken back, even if it says what it said', async () => {
  const id = await host();
  await save([verdict(id, morning, 'x')], morning);
  await store.read.assessments.doubt(id);
  expect(await save([verdict(id, noon, 'x')], noon)).toEqual(new Set([id]));
});

it('tells readers of an earlier end, and not of a later one', async () => {
  const id = await host();
  const ending = (validUntil: string): NewVerdict => {
    const { assessment, summary, ...rest } = verdict(id, morning, 'x');
    const until = { validity: { ...assessment.validity, mapUntil: validUntil }, validUntil };
    return { ...rest, assessment: { ...assessment, ...until }, summary: { ...summary, ...until } };
  };
  await save([ending(hours(morning, 2))], morning);
  expect(await save([ending(hours(morning, 1))], morning)).toEqual(new Set([id]));
  expect(await save([ending(hours(morning, 1))], morning)).toEqual(new Set());
  expect(await save([ending(hours(morning, 2))], morning)).toEqual(new Set());
});

it('is a fraction of its text, and reads as it was made, whoever wrote the dictionary', async () => {
  const [one, two] = [await host(), await host()];
  await save([verdict(one, morning, 'Disk 1: offline')], morning);
  const other = await Store.open({ url: database.url, allowUnsafe: true });
  const judged = verdict(two, noon, 'Disk 27: online and writable');
  await other.inTransaction(async (tx) => tx.verdicts.save([judged], new Map(), noon));
  await other.close();
  expect((await stored(two)).bytes * 10).toBeLessThan(JSON.stringify(judged.assessment).length);
  expect((await store.read.assessments.one(two))!.assessment.findings).toEqual(judged.assessment.findings);
});

it('is not packed with a dictionary that was rolled back', async () => {
  const id = await host();
  const fresh = await Store.open({ url: database.url, allowUnsafe: true });
  const judged = verdict(id, morning, 'Disk 1: offline');
  judged.assessment.policyVersion = 'rolled back';
  const failing = fresh.inTransaction(async (tx) => {
    await tx.verdicts.save([judged], new Map(), morning);
    await tx.verdicts.save([judged], new Map(), morning);
    throw new Error('on purpose');
  });
  await expect(failing).rejects.toThrow('on purpose');
  await fresh.inTransaction(async (tx) => tx.verdicts.save([judged], new Map(), morning));
  expect((await fresh.read.assessments.one(id))!.assessment.findings).toEqual(judged.assessment.findings);
  await fresh.close();
});

/** The same verdict under another policy, so that it is of another kind. */
const under = (policyVersion: string, judged: NewVerdict): NewVerdict => ({
  ...judged,
  assessment: { ...judged.assessment, policyVersion },
});
const dictionaries = async () =>
  (await store.dataSource.query<{ kind: string }[]>('SELECT kind FROM verdict_dictionary')).map(({ kind }) => kind);
const forget = (limit = 20) => store.inTransaction((tx) => tx.verdicts.forgetDictionaries(limit));

it('leaves no dictionary behind that no verdict is packed against, and makes it again where one is', async () => {
  const id = await host();
  const say = (policyVersion: string, text: string) => save([under(policyVersion, verdict(id, noon, text))], noon);
  for (const policy of ['p1', 'p2', 'p3', 'p4']) await say(policy, 'Disk 1: offline');
  const ofOurs = async () => (await dictionaries()).filter((kind) => /^p[1-4] /.test(kind));
  expect(await ofOurs()).toHaveLength(4);
  while ((await forget(2)) === 2);
  expect(await ofOurs()).toHaveLength(1);
  // Another process makes it anew, of another text, while this one remembers the one that was deleted.
  const other = await Store.open({ url: database.url, allowUnsafe: true });
  const second = await host();
  const theirs = under('p1', verdict(second, noon, 'Disk 9: not like before'));
  await other.inTransaction(async (tx) => tx.verdicts.save([theirs], new Map(), noon));
  await other.close();
  await say('p1', 'Disk 2: offline');
  expect((await store.read.assessments.one(id))!.assessment.findings[0]!.evidence[0]!.text).toBe('Disk 2: offline');
  expect((await store.read.assessments.one(second))!.assessment.findings).toEqual(theirs.assessment.findings);
  await save([under('p1', verdict(second, noon, 'Disk 3'))], noon);
  expect((await store.read.assessments.one(second))!.assessment.findings[0]!.evidence[0]!.text).toBe('Disk 3');
});

it('stays readable while dictionaries are deleted and made by several at once', async () => {
  const others = await Promise.all([1, 2].map(() => Store.open({ url: database.url, allowUnsafe: true })));
  const ids = await Promise.all(Array.from({ length: 6 }, () => host()));
  let isDone = false;
  const pruner = async () => {
    let deleted = 0;
    while (!isDone) deleted += await forget();
    return deleted;
  };
  const pruning = pruner();
  const last = new Map<string, string>();
  const writer = async (one: Store, own: readonly string[]) => {
    for (let round = 0; round < 40; round++)
      for (const id of own) {
        const text = `Disk ${round}: ${id}`;
        const judged = under(`q${round % 3}`, verdict(id, noon, text));
        await one.inTransaction(async (tx) => tx.verdicts.save([judged], await tx.verdicts.standing([id]), noon));
        last.set(id, text);
      }
  };
  const writing = [store, ...others].map((one, at) => writer(one, ids.slice(at * 2, at * 2 + 2)));
  const written = await Promise.allSettled(writing);
  isDone = true;
  expect(written.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled']);
  expect(await pruning).toBeGreaterThan(0);
  for (const id of ids)
    expect((await store.read.assessments.one(id))!.assessment.findings[0]!.evidence[0]!.text).toBe(last.get(id));
  for (const one of others) await one.close();
});

it('reads what was stored before verdicts were packed, and packs the next one', async () => {
  const fresh = await freshDatabase();
  const old = await Store.open({ url: fresh.url, allowUnsafe: true });
  const has = async () =>
    (await old.dataSource.query(`SELECT FROM migrations WHERE name = 'PackedVerdicts1763800000014'`)).length > 0;
  while (await has()) await old.dataSource.undoLastMigration();
  const id = randomUUID();
  const { assessment, summary, ...more } = verdict(id, morning, 'Disk 1: offline');
  const sql = (text: string, values: unknown[]) => old.dataSource.query(text, values);
  await sql(`INSERT INTO host (id, hostname, platform, install_id) VALUES ($1::uuid, 'h', 'windows', $1::uuid)`, [id]);
  await sql(
    `INSERT INTO host_seen (host_id, last_seen_at, observed_at, report_ms, calendar_until, boot_id, seq, content_hash)
     VALUES ($1::uuid, $2, $2, 10800000, $3, $1::uuid, 1, '')`,
    [id, morning, assessment.validity.calendarUntil],
  );
  await sql(`INSERT INTO assessment (host_id, level, score, body, summary) VALUES ($1, 'low', 10, $2, $3)`, [
    ...[id, JSON.stringify(assessment), JSON.stringify(summary)],
  ]);
  await old.close();
  const upgraded = await Store.open({ url: fresh.url, allowUnsafe: true });
  expect(await upgraded.read.assessments.one(id)).toEqual({ assessment, summary });
  await upgraded.inTransaction(async (tx) =>
    tx.verdicts.save([{ assessment, summary, ...more }], await tx.verdicts.standing([id]), morning),
  );
  expect(await upgraded.read.assessments.one(id)).toEqual({ assessment, summary });
  const [{ dictionary }] = await upgraded.dataSource.query<[{ dictionary: string | null }]>(
    'SELECT dictionary FROM assessment',
  );
  expect(dictionary).not.toBeNull();
  await upgraded.close();
  await fresh.drop();
});
