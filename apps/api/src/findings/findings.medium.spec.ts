import { ChangeWindow, FindingGroup, FindingWork, HostDetail, HostGate } from '@lunwarden/contract';
import { vmfsDisk, windowsBootDisk, windowsFacts } from '@lunwarden/sample-fleet';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { browserOf, type ReportingHost, reportingHost } from '../../e2e/reporting-host.js';
import { password, signIn, startTestApi, type TestApi } from '../../e2e/test-api.js';

const minute = 60_000;
const day = 86_400_000;
const rule = 'automount-enabled';
const disks = { value: [windowsBootDisk(), vmfsDisk(1)] };
const good = windowsFacts({ disks });
const bad = windowsFacts({ disks, automount: { value: 'enabled' } });
/** Another report that no rule finds anything else in. */
const otherwise = (n: number) => ({
  ...bad,
  machine: { value: { isVirtual: false, vendor: 'Dell Inc.', model: `PowerEdge R${n}50`, biosUuid: null } },
});

let api: TestApi;
let ahead = 0;
let ask: ReturnType<typeof browserOf>;
const now = () => new Date(Date.now() + ahead);
const inDays = (days: number) => new Date(now().getTime() + days * day).toISOString();

beforeAll(async () => {
  api = await startTestApi({ now });
  await api.admin.createAdmin('ada', password);
  ask = browserOf(api, await signIn(api, 'ada'));
});
afterAll(() => api.close());

async function work(host: ReportingHost): Promise<FindingWork> {
  const { status, body } = await ask('GET', `/hosts/${host.hostId}/findings`);
  expect(status).toBe(200);
  return FindingWork.array()
    .parse(body)
    .find((one) => one.rule === rule)!;
}
const say = (host: ReportingHost, body: object) => ask('POST', `/hosts/${host.hostId}/findings/${rule}`, body);
async function verdict(host: ReportingHost) {
  const { assessment } = HostDetail.parse((await ask('GET', `/hosts/${host.hostId}`)).body);
  const { score, low, level, floors, missing, modes, drivers, findings } = assessment;
  const factors = drivers.map(({ factor, state, ifFixed }) => ({ factor, state, ifFixed }));
  const verdicts = findings.map(({ rule: name, verdict: said, severity }) => ({ name, said, severity }));
  return { score, low, level, floors, missing, modes, factors, verdicts };
}
const later = (ms: number) => {
  ahead += ms;
};

it('goes from open over in progress to verified by a newer report, and opens again when it comes back', async () => {
  const host = await reportingHost(api, 'lifecycle');
  await host.report(bad);
  const opened = await work(host);
  expect(opened).toMatchObject({ state: 'open', verdict: 'at-risk', changedBy: null, version: 1 });

  expect((await say(host, { version: 1, state: 'in-progress', note: 'change 4711' })).status).toBe(200);
  later(minute);
  await host.report(otherwise(1));
  expect(await work(host)).toMatchObject({ state: 'in-progress', changedBy: 'ada', note: 'change 4711' });

  later(minute);
  await host.report({ ...good, automount: { unknown: 'denied' } });
  // What was bad stays bad until somebody can look again (R5).
  expect(await work(host)).toMatchObject({ state: 'in-progress', verdict: 'at-risk' });

  later(minute);
  await host.report(good);
  expect(await work(host)).toMatchObject({ state: 'verified', changedBy: null, verdict: 'safe' });
  expect(await say(host, { version: 3, state: 'open' })).toMatchObject({ status: 409 });

  later(minute);
  await host.report(bad);
  expect(await work(host)).toMatchObject({ state: 'open', reopened: 1, verifiedAt: null, verdict: 'at-risk' });
});

it('never changes verdict, score or gate by an acceptance', async () => {
  const host = await reportingHost(api, 'accepted');
  const window = { name: 'w', startsAt: inDays(1), endsAt: inDays(2), timeZone: 'UTC', hostIds: null };
  const { id } = ChangeWindow.parse((await ask('POST', '/windows', window)).body);
  // With the window planned, and compared with reports of before, as it is after the acceptance.
  for (const facts of [bad, otherwise(1), bad]) await host.report(facts);
  const gate = async () => {
    const { body } = await ask('GET', `/hosts/${host.hostId}/gate?window=${id}&asks=plan`);
    return { ...HostGate.parse(body), evaluatedAt: null, validUntil: null };
  };
  const before = { verdict: await verdict(host), gate: await gate() };
  const { version } = await work(host);
  const answer = await say(host, { version, state: 'accepted', note: 'replaced in January', until: inDays(30) });
  expect(answer.body).toMatchObject({ state: 'accepted', changedBy: 'ada', verdict: 'at-risk' });
  later(minute);
  await host.report(otherwise(2));
  expect((await work(host)).state).toBe('accepted');
  await host.report(bad);
  expect({ verdict: await verdict(host), gate: await gate() }).toEqual(before);
});

it.each<[string, { note: string; until?: number }, number]>([
  ['no reason', { note: 'too short', until: 30 }, 422],
  ['no date', { note: 'a reason that is long enough' }, 422],
  ['more than 90 days', { note: 'a reason that is long enough', until: 91 }, 422],
  ['a date that is over', { note: 'a reason that is long enough', until: -1 }, 422],
])('refuses an acceptance with %s', async (_name, { note, until }, status) => {
  const host = await reportingHost(api, `refused-${Math.abs(until ?? 0)}-${note.length}`);
  await host.report(bad);
  const { version } = await work(host);
  const body = { version, state: 'accepted', note, ...(until === undefined ? {} : { until: inDays(until) }) };
  expect((await say(host, body)).status).toBe(status);
  expect((await work(host)).state).toBe('open');
});

it('is void when the facts behind it change', async () => {
  const host = await reportingHost(api, 'void');
  await host.report(bad);
  const { version } = await work(host);
  await say(host, { version, state: 'accepted', note: 'replaced in January', until: inDays(30) });
  later(minute);
  const online = vmfsDisk(1, undefined, { isOffline: { value: false }, isReadOnly: { value: false } });
  await host.report({ ...bad, disks: { value: [windowsBootDisk(), online] } });
  expect(await work(host)).toMatchObject({ state: 'open', voided: 'facts-changed', acceptedUntil: null });
});

it('ends at its date, for readers at once and for good with the next judgement', async () => {
  const host = await reportingHost(api, 'expiry');
  await host.report(bad);
  const { version } = await work(host);
  await say(host, { version, state: 'accepted', note: 'replaced in January', until: inDays(0.02) });
  later(0.02 * day);
  expect(await work(host)).toMatchObject({ state: 'open', voided: 'expired' });
  const groups = FindingGroup.array().parse((await ask('GET', '/findings')).body);
  const own = groups.find((group) => group.rule === rule)!.hosts.find(({ hostId }) => hostId === host.hostId);
  expect(own?.state).toBe('open');
  await host.report(otherwise(3));
  const [row] = await api.sql('SELECT state, voided FROM finding_work WHERE host_id = $1 AND rule = $2', [
    host.hostId,
    rule,
  ]);
  expect(row).toEqual({ state: 'open', voided: 'expired' });
});

it('lets the first of two writers win and tells the second', async () => {
  const host = await reportingHost(api, 'race');
  await host.report(bad);
  const { version } = await work(host);
  const states = ['acknowledged', 'in-progress', 'open', 'acknowledged', 'in-progress'];
  const answers = await Promise.all(states.map((state) => say(host, { version, state })));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409]);
  const winner = FindingWork.parse(answers.find(({ status }) => status === 200)!.body);
  expect(await work(host)).toMatchObject({ state: winner.state, version: version + 1 });
});

it('writes no finding for a report that changes none, and no report waits for one', async () => {
  const host = await reportingHost(api, 'quiet');
  await host.report(bad);
  const rows = () =>
    api.sql('SELECT rule, xmin::text, ctid::text FROM finding_work WHERE host_id = $1 ORDER BY rule', [host.hostId]);
  const judgement = () => api.sql('SELECT xmin::text FROM assessment WHERE host_id = $1', [host.hostId]);
  const before = { rows: await rows(), judgement: await judgement() };
  expect(before.rows.length).toBeGreaterThan(0);
  later(minute);
  await host.report(otherwise(4));
  expect(await judgement()).not.toEqual(before.judgement);
  expect(await rows()).toEqual(before.rows);
});

it('tells the stream how much work stands where, numbered without a hole', async () => {
  const host = await reportingHost(api, 'stream');
  await host.report(bad);
  const { version } = await work(host);
  await say(host, { version, state: 'acknowledged' });
  const changes = await api.sql(
    `SELECT body->'counts' AS counts FROM change WHERE body->>'kind' = 'findings' AND body->>'hostId' = $1 ORDER BY seq`,
    [host.hostId],
  );
  const counts = changes.map((change) => change.counts as Record<string, number>);
  expect(counts).toHaveLength(2);
  expect(counts[1]).toEqual({ ...counts[0], open: counts[0]!.open! - 1, acknowledged: 1 });
  const [holes] = await api.sql('SELECT max(seq) - min(seq) + 1 - count(*) AS holes FROM change');
  expect(Number(holes?.holes)).toBe(0);
});

it('lists by rule what stands, and hides nothing that is accepted', async () => {
  const groups = FindingGroup.array().parse((await ask('GET', '/findings')).body);
  const group = groups.find((one) => one.rule === rule)!;
  const sum = Object.values(group.states).reduce((total, count) => total + count, 0);
  expect(sum).toBe(group.total);
  expect(group.states.accepted).toBeGreaterThan(0);
});

it('lets nobody change anything without being an administrator', async () => {
  const host = await reportingHost(api, 'viewer');
  await host.report(bad);
  await api.sql(`UPDATE user_account SET role = 'viewer' WHERE username = 'ada'`);
  const { version } = await work(host);
  expect((await say(host, { version, state: 'acknowledged' })).status).toBe(403);
  await api.sql(`UPDATE user_account SET role = 'admin' WHERE username = 'ada'`);
});
