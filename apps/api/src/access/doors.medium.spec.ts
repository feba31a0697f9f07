import { permissionsOfRole, type Role, type Route, type RouteName, routes } from '@lunwarden/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { browserHeaders, enrolHost, signIn, startTestApi, type TestApi } from '../../e2e/test-api.js';

let api: TestApi;
let bearer: string;

beforeAll(async () => {
  api = await startTestApi();
  await api.admin.createAdmin('root', 'correct horse battery staple');
  await api.admin.createAdmin('watcher', 'correct horse battery staple');
  await api.sql(`UPDATE user_account SET role = 'viewer' WHERE username = 'watcher'`);
  ({ bearer } = await enrolHost(api));
});
afterAll(() => api?.close());

const speakers = {
  anonymous: async () => ({}),
  viewer: async () => ({ cookie: await signIn(api, 'watcher') }),
  admin: async () => ({ cookie: await signIn(api, 'root') }),
  agent: async () => ({ authorization: bearer }),
  'wrong key': async () => ({ authorization: `Bearer lwa_${'0'.repeat(72)}` }),
  'wrong cookie': async () => ({ cookie: `lw_sid=lwu_${'0'.repeat(72)}` }),
  'cookie beside a wrong key': async () => ({ cookie: await signIn(api, 'root'), authorization: 'Bearer nonsense' }),
  'key as cookie': async () => ({ cookie: `lw_sid=${bearer.slice('Bearer '.length)}` }),
  'cookie as key': async () => ({ authorization: `Bearer ${(await signIn(api, 'root')).split('=')[1]}` }),
} satisfies Record<string, () => Promise<Record<string, string>>>;
type Speaker = keyof typeof speakers;

/** The table itself: which status the guard answers, null = it lets pass. */
function refusalOf(speaker: Speaker, { permission }: Route): number | null {
  if (permission === 'public' || permission === 'agent:enroll') return null;
  // There is a user already.
  if (permission === 'setup') return 404;
  if (speaker === 'agent') return permission === 'agent:report' ? null : 403;
  if (speaker !== 'viewer' && speaker !== 'admin') return 401;
  const role: Role = speaker;
  return permissionsOfRole[role].includes(permission) ? null : 403;
}

const pathOf = (path: string): string =>
  path.replace(':id', '01890a5d-ac96-774b-bcce-b302099a8057').replace(':week', '2026-W47');

async function ask(name: RouteName, speaker: Speaker, path = pathOf(routes[name].path)): Promise<Response> {
  const { method } = routes[name];
  const headers = { ...(method === 'GET' ? {} : browserHeaders), ...(await speakers[speaker]()) };
  return fetch(api.url + path, { method, headers, ...(method === 'POST' ? { body: '{}' } : {}) });
}

describe.each(Object.keys(speakers) as Speaker[])('%s', (speaker) => {
  test.each(Object.keys(routes) as RouteName[])('at the door %s gets what the table says', async (name) => {
    const { status } = await ask(name, speaker);
    const refusal = refusalOf(speaker, routes[name]);
    if (refusal !== null) expect(status).toBe(refusal);
    else {
      expect([401, 403, 405]).not.toContain(status);
      expect(status).toBeLessThan(500);
    }
  });
});

test.each(['/api/v1/fleet/', '//api/v1/fleet', '/api//v1/fleet', '/API/v1/fleet', '/api/v1/FLEET', '/api/v1/fleet%2f'])(
  'another spelling of a door is no door: %s',
  async (path) => {
    expect((await ask('fleet', 'admin', path)).status).toBe(404);
  },
);

test('an encoded letter opens the same door with the same guard', async () => {
  expect((await ask('fleet', 'anonymous', '/api/v1/fl%65et')).status).toBe(401);
});

test.each(['OPTIONS', 'PUT', 'PATCH'])('%s opens no door', async (method) => {
  const answer = await fetch(`${api.url}/api/v1/fleet`, { method, headers: { origin: 'https://evil.example' } });
  expect(answer.status).toBe(404);
  expect(answer.headers.get('access-control-allow-origin')).toBeNull();
});

test('HEAD asks for the same permission as GET', async () => {
  expect((await fetch(`${api.url}/api/v1/fleet`, { method: 'HEAD' })).status).toBe(401);
});

test('a key that was revoked, and the key of a retired host, speak for nobody', async () => {
  const revoked = await enrolHost(api, 'revoked');
  await api.sql(`UPDATE agent_key SET revoked_at = now() WHERE host_id = $1`, [revoked.hostId]);
  const retired = await enrolHost(api, 'retired');
  await api.sql(`UPDATE host SET retired_at = now() WHERE id = $1`, [retired.hostId]);
  for (const { bearer: authorization } of [revoked, retired]) {
    const answer = await fetch(`${api.url}${routes.report.path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization },
      body: '{}',
    });
    expect(answer.status).toBe(401);
  }
});
