import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { gzipSync } from 'node:zlib';
import { storyFacts } from '@lunwarden/sample-fleet';
import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type EnrolledProxy, type House, openHouse, reportFrom } from './house.js';

let house: House;
let proxy: EnrolledProxy;
let database: pg.Client;

beforeAll(async () => {
  house = await openHouse();
  proxy = await house.enroll('under-attack');
  await house.report(proxy, storyFacts('service-pack-failed'));
  database = new pg.Client({ connectionString: house.databaseUrl });
  await database.connect();
});
afterAll(async () => {
  await database.end();
  await house.close();
});

type Payload = { body: Buffer; type: string; encoding: string | null };
type Json = Record<string, unknown>;

const plain = (value: unknown): Payload => ({
  body: Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)),
  type: 'application/json',
  encoding: null,
});
const valid = (): Json => JSON.parse(JSON.stringify(reportFrom(proxy, storyFacts('popular-fix'))));
const text = () => JSON.stringify(valid());

/** Every way breaks a rule that the intake states, so that each payload is wrong by construction. */
const ways: Record<string, (noise: string, at: number) => Payload> = {
  'a field that nobody knows': (noise) => plain({ ...valid(), [`x${noise}`]: 1 }),
  'a field missing': (_, at) => {
    const report = valid();
    const required = [
      'schema',
      'reportId',
      'installId',
      'bootId',
      'seq',
      'ageMs',
      'collectedAt',
      'sentAt',
      'dropped',
      'collector',
      'collectors',
      'facts',
    ];
    delete report[required[at % required.length]!];
    return plain(report);
  },
  'a value of the wrong type': (noise, at) => {
    const report = valid();
    const fields = ['reportId', 'seq', 'ageMs', 'collectedAt', 'dropped', 'collectors', 'facts'];
    report[fields[at % fields.length]!] = [noise];
    return plain(report);
  },
  'another host claimed': (noise) => plain({ ...valid(), hostId: noise }),
  'a fact that is neither known nor unknown': (noise) =>
    plain({ ...valid(), facts: { ...storyFacts('popular-fix'), automount: noise } }),
  'a fact that is both': () =>
    plain({ ...valid(), facts: { ...storyFacts('popular-fix'), automount: { value: 'disabled', unknown: 'denied' } } }),
  'a policy that does not exist': (noise) =>
    plain({ ...valid(), facts: { ...storyFacts('popular-fix'), sanPolicy: { value: `Online${noise}` } } }),
  'an age from the future': (_, at) => plain({ ...valid(), ageMs: -1 - at }),
  'numbers past what is exact': () => plain(text().replace(/"seq":\d+/, '"seq":9007199254740993')),
  infinity: () => plain(text().replace(/"seq":\d+/, '"seq":1e999')),
  'NUL in a name': () => plain(text().replace('PERC H700', 'PERC\\u0000H700')),
  'half a surrogate': () => plain(text().replace('PERC H700', 'PERC\\ud800H700')),
  'a direction override': () => plain(text().replace('PERC H700', 'PERC \u202eH700')),
  'a key twice': () => plain(text().replace('"schema":1', '"schema":1,"schema":1')),
  'a key twice, once escaped': () => plain(text().replace('"schema":1', '"schema":1,"\\u0073chema":1')),
  'a prototype': () => plain(text().replace('"schema":1', '"__proto__":{"admin":true},"schema":1')),
  'text cut off': (_, at) => plain(text().slice(0, 1 + (at % (text().length - 1)))),
  noise: (noise) => plain(`{${noise}`),
  'a byte order mark': () => plain(`\ufeff${text()}`),
  'UTF-16': () => ({ ...plain(''), body: Buffer.from(text(), 'utf16le') }),
  'bytes that are no UTF-8': (_, at) => {
    const body = Buffer.from(text());
    body[at % body.length] = 0xff;
    return { ...plain(''), body };
  },
  'too deep': (_, at) => plain(`${'['.repeat(13 + (at % 5000))}1`),
  'too many values': () => plain(`[${'0,'.repeat(60_000)}0]`),
  'a string without end': (_, at) => plain(`"${'a'.repeat(10_000 + at)}"`),
  'too large': () => plain(`"${' '.repeat(1_048_577)}"`),
  'a gzip bomb': () => ({ ...plain(''), body: gzipSync(Buffer.alloc(64 << 20)), encoding: 'gzip' }),
  'gzip cut off': (_, at) => ({ ...plain(''), body: gzipSync(text()).subarray(0, 20 + (at % 500)), encoding: 'gzip' }),
  'gzip that is none': () => ({ ...plain(text()), encoding: 'gzip' }),
  'an encoding that nobody asked for': () => ({ ...plain(text()), encoding: 'br' }),
  'another media type': () => ({ ...plain(text()), type: 'text/plain' }),
  'a form': () => ({ ...plain('schema=1'), type: 'application/x-www-form-urlencoded' }),
  nothing: () => plain(''),
};

const counted = [
  'host',
  'host_seen',
  'host_boot',
  'report_receipt',
  'report',
  'sighting',
  'assessment',
  'assessment_history',
  'change',
  'change_counter',
];

async function state(): Promise<unknown[]> {
  const rows = counted.map(async (table) => {
    const { rows: found } = await database.query(
      `SELECT count(*)::int AS n, md5(string_agg(t::text, '' ORDER BY t::text)) AS digest FROM ${table} t`,
    );
    return [table, found[0]];
  });
  return Promise.all(rows);
}

/** A report that was taken leaves work behind: the host is judged again once the sweep knows what stands around it. */
async function settled(): Promise<unknown[]> {
  for (let before = await state(); ; ) {
    await sleep(6_000);
    const { rows } = await database.query('SELECT count(*)::int AS owed FROM judgement_owed');
    const now = await state();
    if (rows[0].owed === 0 && isDeepStrictEqual(now, before)) return now;
    before = now;
  }
}

const attack = ({ body, type, encoding }: Payload) =>
  fetch(`${house.url}/api/v1/reports`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${proxy.key}`,
      'content-type': type,
      ...(encoding === null ? {} : { 'content-encoding': encoding }),
    },
    body: new Uint8Array(body),
  });

it('takes two thousand malformed reports without an error of its own and without a trace', async () => {
  const before = await settled();
  const seen = new Map<number, number>();
  const sample = fc.sample(
    fc.tuple(fc.constantFrom(...Object.keys(ways)), fc.string({ maxLength: 40 }), fc.nat(1_000_000)),
    {
      numRuns: 2_000,
      seed: 20261122,
    },
  );
  for (let at = 0; at < sample.length; at += 20) {
    const answers = await Promise.all(
      sample.slice(at, at + 20).map(async ([way, noise, n]) => {
        const answer = await attack(ways[way]!(noise, n));
        const problem: unknown = await answer.json().catch(() => null);
        return { way, status: answer.status, problem };
      }),
    );
    for (const { way, status, problem } of answers) {
      seen.set(status, (seen.get(status) ?? 0) + 1);
      expect([400, 413, 415, 422], `${way} was answered ${status}`).toContain(status);
      expect(problem, way).toMatchObject({ status, code: expect.any(String) });
    }
  }
  expect([...seen.keys()].sort()).toEqual([400, 413, 415, 422]);
  expect(await state()).toEqual(before);
}, 240_000);

it('names the failing paths', async () => {
  const answer = await attack(
    plain({ ...valid(), seq: 'seven', facts: { ...storyFacts('popular-fix'), elevated: 'yes' } }),
  );
  expect(answer.status).toBe(422);
  const { errors } = (await answer.json()) as { errors: { path: string }[] };
  expect(errors.map((error) => error.path)).toEqual(expect.arrayContaining(['seq', 'facts.elevated']));
});

it('still takes the valid report', async () => {
  expect(await house.report(proxy, storyFacts('popular-fix'))).toMatchObject({ status: 202 });
});
