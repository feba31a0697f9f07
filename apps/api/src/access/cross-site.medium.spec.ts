import { csrfHeader } from '@lunwarden/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { password, signIn, startTestApi, type TestApi } from '../../e2e/test-api.js';

let api: TestApi;
let cookie: string;

beforeAll(async () => {
  api = await startTestApi({ trustedOrigins: ['http://lunwarden.example'] });
  await api.admin.createAdmin('root', password);
  cookie = await signIn(api, 'root');
});
afterAll(() => api?.close());

const marked = { [csrfHeader.name]: csrfHeader.value };
const json = { 'content-type': 'application/json' };

async function write(headers: Record<string, string>): Promise<number> {
  const body = JSON.stringify({ label: 'x', maxUses: 1, expiresInHours: 1 });
  const answer = await fetch(`${api.url}/api/v1/enroll-tokens`, {
    method: 'POST',
    headers: { cookie, ...headers },
    body,
  });
  expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  return answer.status;
}
const tokens = async () => (await api.sql('SELECT count(*)::int AS count FROM enroll_token'))[0]?.count;

test.each([
  ['a page of ours', { ...json, ...marked, 'sec-fetch-site': 'same-origin' }],
  ['a page of ours in a browser without fetch metadata', { ...json, ...marked, origin: 'OWN' }],
  ['a page under a trusted origin', { ...json, ...marked, origin: 'http://lunwarden.example' }],
])('%s may write', async (_, headers) => {
  const own = 'origin' in headers && headers.origin === 'OWN' ? { ...headers, origin: api.url } : headers;
  expect(await write(own)).toBe(201);
});

test.each([
  ['without any word of where it comes from', { ...json, ...marked }, 403],
  ['without our header', { ...json, 'sec-fetch-site': 'same-origin' }, 403],
  ['with our header and another value', { ...json, [csrfHeader.name]: '2', 'sec-fetch-site': 'same-origin' }, 403],
  ['from another site', { ...json, ...marked, 'sec-fetch-site': 'cross-site' }, 403],
  ['from a sibling host', { ...json, ...marked, 'sec-fetch-site': 'same-site' }, 403],
  ['typed into the address bar', { ...json, ...marked, 'sec-fetch-site': 'none' }, 403],
  [
    'with metadata that contradicts a good Origin',
    { ...json, ...marked, 'sec-fetch-site': 'cross-site', origin: 'http://lunwarden.example' },
    403,
  ],
  ['from a foreign Origin', { ...json, ...marked, origin: 'https://evil.example' }, 403],
  ['from the null Origin', { ...json, ...marked, origin: 'null' }, 403],
  ['from an Origin that begins like ours', { ...json, ...marked, origin: 'http://lunwarden.example.evil.com' }, 403],
  ['from our host by another scheme', { ...json, ...marked, origin: 'https://lunwarden.example' }, 403],
  ['from our host on another port', { ...json, ...marked, origin: 'http://lunwarden.example:81' }, 403],
  ['as plain text', { 'content-type': 'text/plain', ...marked, 'sec-fetch-site': 'same-origin' }, 415],
  [
    'as a form',
    { 'content-type': 'application/x-www-form-urlencoded', ...marked, 'sec-fetch-site': 'same-origin' },
    415,
  ],
  [
    'as a multipart form',
    { 'content-type': 'multipart/form-data; boundary=x', ...marked, 'sec-fetch-site': 'same-origin' },
    415,
  ],
])('a write %s is refused and changes nothing', async (_, headers, status) => {
  const before = await tokens();
  expect(await write(headers)).toBe(status);
  expect(await tokens()).toBe(before);
});

test('a write without a body needs the same', async () => {
  const logout = (headers: Record<string, string>) =>
    fetch(`${api.url}/api/v1/logout`, { method: 'POST', headers: { cookie, ...headers } });
  expect((await logout({})).status).toBe(403);
  expect((await logout({ ...marked, 'sec-fetch-site': 'same-origin' })).status).toBe(415);
  expect((await logout({ ...json, ...marked, 'sec-fetch-site': 'same-origin' })).status).toBe(204);
});

test('no method override and no preflight answer', async () => {
  const override = await fetch(`${api.url}/api/v1/enroll-tokens?_method=POST`, {
    headers: { cookie, 'x-http-method-override': 'DELETE' },
  });
  expect([200, 401]).toContain(override.status);
  const preflight = await fetch(`${api.url}/api/v1/enroll-tokens`, {
    method: 'OPTIONS',
    headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
  });
  expect(preflight.status).toBe(404);
  expect([...preflight.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
});
