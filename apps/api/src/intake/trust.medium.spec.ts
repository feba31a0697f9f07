import { randomUUID } from 'node:crypto';
import type { HostFacts, ProxyReport, WindowsFacts } from '@lunwarden/contract';
import { vmfsDisk, windowsBootDisk, windowsFacts } from '@lunwarden/sample-fleet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EnrolledHost, JudgedFleet } from '../../e2e/judged-fleet.js';
import { problemOf } from '../http/problem-of.js';
import type { DecodedReport } from './decode-report.js';

const hour = 3_600_000;
let fleet: JudgedFleet;
beforeAll(async () => {
  fleet = await JudgedFleet.start('2026-11-20T06:00:00.000Z');
});
afterAll(() => fleet.close());

const disks = { value: [windowsBootDisk(), vmfsDisk(1)] };
const good = windowsFacts({ disks });
const bad = windowsFacts({ disks, automount: { value: 'enabled' }, sanPolicy: { value: 'OnlineAll' } });
/** Good facts that differ from any before. */
const otherwise = (n: number): WindowsFacts => windowsFacts({ disks, staleMountPoints: { value: n } });
const accept = (host: EnrolledHost, report: DecodedReport) => fleet.intake.accept(host.hostId, report);
/** The machine starts again. */
const restarted = (host: EnrolledHost): EnrolledHost => ({ ...host, bootId: randomUUID(), seq: 0 });

async function reported(hostname: string, facts: HostFacts): Promise<EnrolledHost> {
  const host = await fleet.enrolled(hostname);
  expect(await fleet.send(host, facts)).toBe('accepted');
  return host;
}

describe('a report that cannot be trusted', () => {
  it.each<[string, Partial<ProxyReport>]>([
    ['of an age that nobody can prove', { ageMs: null }],
    ['that is six days old', { ageMs: 6 * 24 * hour }],
    ['that is a minute older than three hours', { ageMs: 3 * hour + 60_000 }],
    ['of another installation', { installId: randomUUID() }],
    ['of another boot, and of an age that nobody can prove', { bootId: randomUUID(), ageMs: null }],
  ])('%s never takes the place of known-bad evidence', async (_what, changes) => {
    const host = await reported(`bad-${randomUUID()}`, bad);
    const before = await fleet.row(host);
    expect(await fleet.send(host, good, changes)).toBe('late');
    expect(await fleet.row(host)).toMatchObject({ automount: 'enabled', sanPolicy: 'OnlineAll' });
    expect((await fleet.row(host)).score).toBeGreaterThanOrEqual(before.score);
    expect((await fleet.page(host)).report?.facts).toEqual(bad);
  });

  it('is better than none: the first one is in force, and nothing good in it counts', async () => {
    const host = await fleet.enrolled('first');
    expect(await fleet.send(host, good, { ageMs: null })).toBe('accepted');
    expect(await fleet.row(host)).toMatchObject({ level: 'unknown' });
  });

  it('makes room for one that can be trusted', async () => {
    const host = await reported('fixed', bad);
    expect(await fleet.send(host, good, { ageMs: 6 * 24 * hour })).toBe('late');
    expect(await fleet.send(host, good)).toBe('accepted');
    expect(await fleet.row(host)).toMatchObject({ automount: 'disabled', sanPolicy: 'OfflineShared' });
  });
});

describe('the identity of a host', () => {
  it('is not doubted for a report of an earlier boot that was only spooled', async () => {
    const earlier = await reported('spooled', good);
    const host = restarted(earlier);
    expect(await fleet.send(host, otherwise(1))).toBe('accepted');
    const before = await fleet.row(host);
    expect(await fleet.send(earlier, good, { ageMs: null })).toBe('late');
    expect(await fleet.row(host)).toMatchObject({ state: 'reporting', level: before.level, score: before.score });
    expect(await fleet.send(host, otherwise(1))).toBe('unchanged');
  });

  it('is doubted when a boot that was left speaks again: two live machines hold one key', async () => {
    const one = await reported('twins', good);
    const other = restarted(one);
    expect(await fleet.send(other, otherwise(1))).toBe('accepted');
    expect(await fleet.send(one, otherwise(2))).toBe('late');
    expect(await fleet.row(one)).toMatchObject({ state: 'identity-conflict', level: 'unknown' });
    expect(await fleet.send(other, otherwise(1))).toBe('late');
    expect(await fleet.row(one)).toMatchObject({ state: 'identity-conflict', level: 'unknown' });
  });
});

describe('reports that arrive together', () => {
  it('are all stored but the one that the database refuses', async () => {
    const hosts = await Promise.all(Array.from({ length: 6 }, (_, n) => reported(`together-${n}`, good)));
    const reports = await Promise.all(hosts.map((host) => fleet.next(host, otherwise(3))));
    // No such report comes through the door; whatever the database may refuse one day shares its batch with others.
    const refused = { ...reports[2]!, head: { ...reports[2]!.head, reportId: 'no uuid' } };
    const taken = await Promise.allSettled(hosts.map((host, at) => accept(host, at === 2 ? refused : reports[at]!)));
    const results = taken.map((one) => (one.status === 'fulfilled' ? one.value.result : 'refused'));
    expect(results).toEqual(['accepted', 'accepted', 'refused', 'accepted', 'accepted', 'accepted']);
    expect(await fleet.send(hosts[2]!, otherwise(3))).toBe('accepted');
  });

  it('wait eight at a time for one host, and take no place from another', async () => {
    const [loud, quiet] = [await reported('loud', good), await reported('quiet', good)];
    const flood: DecodedReport[] = [];
    for (let n = 0; n < 20; n++) flood.push(await fleet.next(loud, otherwise(10 + n)));
    const one = await fleet.next(quiet, otherwise(3));
    const flooded = Promise.allSettled(flood.map((report) => accept(loud, report)));
    expect((await accept(quiet, one)).result).toBe('accepted');
    const taken = await flooded;
    expect(taken.filter(({ status }) => status === 'fulfilled')).toHaveLength(8);
    for (const refused of taken.filter((answer) => answer.status === 'rejected'))
      expect(refused.reason).toMatchObject({ code: 'too_many_requests', retryAfterSeconds: 5 });
    expect(await fleet.send(loud, otherwise(40))).toBe('accepted');
  });
});

describe('a report that does not fit the schema', () => {
  it('is told the path within the fact that is wrong', async () => {
    const host = await fleet.enrolled('misspelt');
    const wrong = windowsFacts({
      disks: { value: [windowsBootDisk(), vmfsDisk(1), vmfsDisk(2, undefined, { sizeBytes: 'four terabytes' })] },
    });
    const error = await fleet.next(host, wrong).catch((thrown: unknown) => thrown);
    const { problem } = problemOf(error, 'request-1');
    expect(problem).toMatchObject({ status: 422, code: 'invalid_input' });
    expect(problem.errors?.map(({ path }) => path)).toEqual(['facts.disks.value.2.sizeBytes']);
  });
});
