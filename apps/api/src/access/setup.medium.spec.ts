import { afterEach, expect, test } from 'vitest';
import { browserHeaders, cookieOf, password, post, startTestApi, type TestApi } from '../../e2e/test-api.js';
import { newToken } from './token.js';

let api: TestApi;
afterEach(() => api?.close());

const setUp = (changes: Record<string, unknown> = {}) =>
  post(`${api.url}/api/v1/setup`, { code: api.setupCode, username: 'first', password, ...changes });

test('the code makes the first administrator, who is then signed in', async () => {
  api = await startTestApi();
  const answer = await setUp();
  expect(answer.status).toBe(201);
  expect(await answer.json()).toMatchObject({ username: 'first', role: 'admin' });
  const welcome = await fetch(`${api.url}/api/v1/welcome`, { headers: { cookie: cookieOf(answer) } });
  expect(await welcome.json()).toMatchObject({ needsSetup: false, session: { username: 'first' } });
});

test('of many setups at once exactly one wins, and the door is gone', async () => {
  api = await startTestApi();
  const answers = await Promise.all(Array.from({ length: 12 }, (_, at) => setUp({ username: `admin${at}` })));
  const statuses = answers.map((answer) => answer.status).sort();
  expect(statuses).toEqual([201, ...Array(11).fill(404)]);
  expect(await api.sql('SELECT count(*)::int AS users FROM user_account')).toEqual([{ users: 1 }]);
  expect(await api.sql('SELECT * FROM setup_code')).toEqual([]);
  expect((await setUp()).status).toBe(404);
  expect((await setUp({ role: 'admin' })).status).toBe(404);
});

test('a guessed, damaged or foreign code makes nobody', async () => {
  api = await startTestApi();
  for (const code of [newToken('lws').text, newToken('lwe').text, `${api.setupCode}0`, '', 'lws_'])
    expect((await setUp({ code })).status).toBe(401);
  expect(await api.sql('SELECT * FROM user_account')).toEqual([]);
});

test('ten wrong codes a minute are enough, whatever a header says of the sender', async () => {
  api = await startTestApi();
  for (let at = 0; at < 10; at++) expect((await setUp({ code: newToken('lws').text })).status).toBe(401);
  const late = await post(
    `${api.url}/api/v1/setup`,
    { code: newToken('lws').text, username: 'first', password },
    { 'x-forwarded-for': '203.0.113.9', forwarded: 'for=203.0.113.9', 'x-real-ip': '203.0.113.9' },
  );
  expect(late.status).toBe(429);
  expect(Number(late.headers.get('retry-after'))).toBeGreaterThan(0);
});

test('the code ends after half an hour', async () => {
  let now = new Date('2026-11-22T12:00:00Z');
  api = await startTestApi({ now: () => now });
  now = new Date('2026-11-22T12:30:01Z');
  expect((await setUp()).status).toBe(401);
  now = new Date('2026-11-22T12:29:59Z');
  expect((await setUp()).status).toBe(201);
});

test('fields that setup does not have, and a short password, make nobody', async () => {
  api = await startTestApi();
  for (const extra of [{ role: 'admin' }, { secret: 'x' }, { id: 1 }, { password: 'short' }, { username: 'a b' }])
    expect((await setUp(extra)).status).toBe(422);
  const pollution = await fetch(`${api.url}/api/v1/setup`, {
    method: 'POST',
    headers: browserHeaders,
    body: `{"__proto__":{"role":"admin"},"code":"${api.setupCode}","username":"first","password":"${password}"}`,
  });
  expect(pollution.status).toBe(400);
  expect(await api.sql('SELECT * FROM user_account')).toEqual([]);
});

test('a restart makes a new code and voids the one before', async () => {
  api = await startTestApi();
  const { databaseUrl, keyringFile, setupCode } = api;
  const again = await startTestApi({ databaseUrl, keyringFile });
  expect(again.setupCode).toMatch(/^lws_[0-9a-f]{72}$/);
  expect((await setUp({ code: setupCode })).status).toBe(401);
  expect((await setUp({ code: again.setupCode })).status).toBe(201);
  await again.close();
});

test('an administrator made by hand closes the door too, and may be reset', async () => {
  api = await startTestApi();
  await api.admin.createAdmin('root', password);
  expect((await setUp()).status).toBe(404);
  const login = () => post(`${api.url}/api/v1/login`, { username: 'ROOT', password });
  const cookie = cookieOf(await login());
  await api.admin.createAdmin('Root', `${password}!`);
  const welcome = await fetch(`${api.url}/api/v1/welcome`, { headers: { cookie } });
  expect(await welcome.json()).toMatchObject({ session: null });
  expect((await login()).status).toBe(401);
  await expect(api.admin.createAdmin('root', 'short')).rejects.toThrow();
});
