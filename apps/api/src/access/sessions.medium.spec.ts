import { afterEach, beforeEach, expect, test } from 'vitest';
import { browserHeaders, cookieOf, password, post, signIn, startTestApi, type TestApi } from '../../e2e/test-api.js';

const start = Date.parse('2026-11-22T08:00:00Z');
const minuteMs = 60_000;
let now = start;
let api: TestApi;

beforeEach(async () => {
  now = start;
  api = await startTestApi({ now: () => new Date(now) });
  await api.admin.createAdmin('root', password);
});
afterEach(() => api?.close());

const sessionOf = async (cookie: string): Promise<{ expiresAt: string } | null> => {
  const answer = await fetch(`${api.url}/api/v1/welcome`, { headers: { cookie } });
  return ((await answer.json()) as { session: { expiresAt: string } | null }).session;
};
const logIn = (body: object, headers = {}) =>
  post(`${api.url}/api/v1/login`, { username: 'root', password, ...body }, headers);

test('the cookie is out of reach of scripts and other sites', async () => {
  const [cookie] = (await logIn({})).headers.getSetCookie();
  expect(cookie).toMatch(/^lw_sid=lwu_[0-9a-f]{72}; Path=\/; HttpOnly; SameSite=Lax$/);
});

test('behind TLS the cookie is Secure, bound to the host by its name, and the plain name counts for nothing', async () => {
  await api.close();
  api = await startTestApi({ trustedOrigins: ['https://lunwarden.example'] });
  await api.admin.createAdmin('root', password);
  const answer = await logIn({});
  const [cookie] = answer.headers.getSetCookie();
  expect(cookie).toMatch(/^__Host-lw_sid=lwu_[0-9a-f]{72}; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
  expect(answer.headers.get('strict-transport-security')).toBe('max-age=31536000');
  expect(await sessionOf(cookieOf(answer))).not.toBeNull();
  expect(await sessionOf(cookieOf(answer).replace('__Host-', ''))).toBeNull();
});

test('signing in again gives a new secret and ends the old one', async () => {
  const before = await signIn(api, 'root');
  const after = cookieOf(await logIn({}, { cookie: before }));
  expect(after).not.toBe(before);
  expect(await sessionOf(before)).toBeNull();
  expect(await sessionOf(after)).not.toBeNull();
});

test('signing out ends the session at once and clears the cookie', async () => {
  const cookie = await signIn(api, 'root');
  const answer = await post(`${api.url}/api/v1/logout`, {}, { cookie });
  expect(answer.status).toBe(204);
  expect(answer.headers.getSetCookie()).toEqual(['lw_sid=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax']);
  expect(await sessionOf(cookie)).toBeNull();
  expect((await fetch(`${api.url}/api/v1/fleet`, { headers: { cookie } })).status).toBe(401);
});

test('half an hour unused ends the session of an administrator; use prolongs it', async () => {
  const cookie = await signIn(api, 'root');
  now += 29 * minuteMs;
  expect((await sessionOf(cookie))?.expiresAt).toBe(new Date(now + 30 * minuteMs).toISOString());
  now += 29 * minuteMs;
  expect(await sessionOf(cookie)).not.toBeNull();
  now += 30 * minuteMs;
  expect(await sessionOf(cookie)).toBeNull();
});

test('a viewer may pause for longer', async () => {
  await api.sql(`UPDATE user_account SET role = 'viewer'`);
  const cookie = await signIn(api, 'root');
  now += 7 * 60 * minuteMs;
  expect(await sessionOf(cookie)).not.toBeNull();
});

test('twelve hours end every session, used or not', async () => {
  const cookie = await signIn(api, 'root');
  for (now = start; now < start + 12 * 60 * minuteMs; now += 20 * minuteMs)
    expect(await sessionOf(cookie)).not.toBeNull();
  expect(await sessionOf(cookie)).toBeNull();
});

test('a role that was lowered holds at the next request', async () => {
  const cookie = await signIn(api, 'root');
  await api.sql(`UPDATE user_account SET role = 'viewer'`);
  expect((await fetch(`${api.url}/api/v1/enroll-tokens`, { headers: { cookie } })).status).toBe(403);
});

test('who exists is not told by the answer', async () => {
  const wrong = await logIn({ password: 'wrong password!' });
  const nobody = await logIn({ username: 'nobody' });
  expect([wrong.status, nobody.status]).toEqual([401, 401]);
  expect(await wrong.text()).toBe(await nobody.text());
  expect(nobody.headers.getSetCookie()).toEqual([]);
});

test('the sixth attempt on an account within a minute is not looked at, whoever exists', async () => {
  for (const username of ['root', 'nobody']) {
    for (let at = 0; at < 5; at++) expect((await logIn({ username, password: 'wrong password!' })).status).toBe(401);
    const forged = { 'x-forwarded-for': `203.0.113.${username.length}`, 'true-client-ip': '203.0.113.1' };
    expect((await logIn({ username }, forged)).status).toBe(429);
  }
});

test('twenty wrong attempts a minute from one address are enough, over all accounts', async () => {
  const wrong = (at: number) => logIn({ username: `user${at}`, password: 'wrong password!' });
  for (let at = 0; at < 20; at++) expect((await wrong(at)).status).toBe(401);
  expect((await logIn({})).status).toBe(429);
});

test('a sign-in that another site starts is refused', async () => {
  const answer = await fetch(`${api.url}/api/v1/login`, {
    method: 'POST',
    headers: { ...browserHeaders, 'sec-fetch-site': 'cross-site' },
    body: JSON.stringify({ username: 'root', password }),
  });
  expect(answer.status).toBe(403);
});
