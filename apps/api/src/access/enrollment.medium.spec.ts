import { routes } from '@lunwarden/contract';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  browserHeaders,
  enrolHost,
  enrolment,
  password,
  post,
  signIn,
  startTestApi,
  type TestApi,
} from '../../e2e/test-api.js';
import { newToken } from './token.js';

const start = Date.parse('2026-11-22T08:00:00Z');
let now = start;
let api: TestApi;
let admin: { cookie: string };

beforeAll(async () => {
  api = await startTestApi({ now: () => new Date(now) });
  await api.admin.createAdmin('root', password);
});
beforeEach(async () => {
  now = start;
  admin = { cookie: await signIn(api, 'root') };
});
afterAll(() => api?.close());

const createToken = async (changes = {}): Promise<{ id: string; token: string }> => {
  const order = { label: 'site A', maxUses: 1, expiresInHours: 24, ...changes };
  const answer = await post(`${api.url}/api/v1/enroll-tokens`, order, admin);
  expect(answer.status).toBe(201);
  return (await answer.json()) as { id: string; token: string };
};
const enroll = (token: string, hostname = 'proxy') => post(`${api.url}/api/v1/enroll`, enrolment(token, hostname));
const hosts = async (hostname: string) => (await api.sql('SELECT id FROM host WHERE hostname = $1', [hostname])).length;
/** Wrong tokens count against this address; the limit has a test of its own. */
const statuses = (answers: Response[]) => answers.map((answer) => answer.status);

test.each([
  [1, 100],
  [30, 100],
])('a token of %i uses, presented %i times at once, enrols exactly as many hosts', async (maxUses, attempts) => {
  const { token } = await createToken({ maxUses });
  const answers = await Promise.all(Array.from({ length: attempts }, () => enroll(token, `race-${maxUses}`)));
  expect(statuses(answers).filter((status) => status === 201)).toHaveLength(maxUses);
  expect(statuses(answers).every((status) => [201, 401, 429].includes(status))).toBe(true);
  expect(await hosts(`race-${maxUses}`)).toBe(maxUses);
  await api.close();
  api = await startTestApi({ now: () => new Date(now) });
  await api.admin.createAdmin('root', password);
});

test('each host gets a key of its own, and the key speaks for that host', async () => {
  const [first, second] = [await enrolHost(api, 'one'), await enrolHost(api, 'two')];
  expect(first.hostId).not.toBe(second.hostId);
  expect(first.bearer).toMatch(/^Bearer lwa_[0-9a-f]{72}$/);
  const keys = await api.sql('SELECT host_id FROM agent_key WHERE host_id = ANY($1)', [[first.hostId, second.hostId]]);
  expect(keys).toHaveLength(2);
});

test('a token that is revoked, expired, guessed, damaged or of another kind enrols nobody', async () => {
  const revoked = await createToken();
  const gone = await fetch(`${api.url}/api/v1/enroll-tokens/${revoked.id}`, {
    method: 'DELETE',
    headers: { ...browserHeaders, ...admin },
  });
  expect(gone.status).toBe(204);
  const expired = await createToken({ expiresInHours: 1 });
  now += 3_600_001;
  const { bearer } = await enrolHost(api, 'owner');
  const wrong = [revoked.token, expired.token, newToken('lwe').text, 'junk', bearer.slice('Bearer '.length)];
  expect(statuses(await Promise.all(wrong.map((token) => enroll(token, 'intruder'))))).toEqual([
    401, 401, 401, 401, 401,
  ]);
  expect(await hosts('intruder')).toBe(0);
});

test('what a host may not say of itself is refused and leaves the token unused', async () => {
  const { token } = await createToken();
  for (const extra of [{ hostId: '01890a5d-ac96-774b-bcce-b302099a8057' }, { role: 'admin' }, { hostname: 'a;b' }])
    expect((await post(`${api.url}/api/v1/enroll`, { ...enrolment(token), ...extra })).status).toBe(422);
  expect((await enroll(token, 'patient')).status).toBe(201);
});

test('the list tells how often a token was used and never the token', async () => {
  const { id, token } = await createToken({ label: 'counted', maxUses: 3 });
  await enroll(token, 'counted');
  const text = await (await fetch(`${api.url}/api/v1/enroll-tokens`, { headers: admin })).text();
  expect(JSON.parse(text)).toContainEqual({
    id,
    label: 'counted',
    maxUses: 3,
    uses: 1,
    createdAt: new Date(start).toISOString(),
    expiresAt: new Date(start + 24 * 3_600_000).toISOString(),
  });
  expect(text).not.toContain('lwe_');
});

test('revoking what is not there is told', async () => {
  const answer = await fetch(`${api.url}/api/v1/enroll-tokens/01890a5d-ac96-774b-bcce-b302099a8057`, {
    method: 'DELETE',
    headers: { ...browserHeaders, ...admin },
  });
  expect(answer.status).toBe(404);
});

test('no collector needs the headers of a browser', async () => {
  const { token } = await createToken();
  const answer = await fetch(`${api.url}${routes.enroll.path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(enrolment(token)),
  });
  expect(answer.status).toBe(201);
});

test('ten wrong tokens a minute from one address are enough, but a site full of right ones is not', async () => {
  const { token } = await createToken({ maxUses: 150 });
  const right = await Promise.all(Array.from({ length: 142 }, (_, at) => enroll(token, `site-${at}`)));
  expect(new Set(statuses(right))).toEqual(new Set([201]));
  for (let at = 0; at < 10; at++) await enroll(newToken('lwe').text);
  expect((await enroll(newToken('lwe').text)).status).toBe(429);
});
