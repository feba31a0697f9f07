import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { enrolHost, password, post, signIn, startTestApi, type TestApi } from '../../e2e/test-api.js';

let api: TestApi;
const secrets: Record<string, string> = {};

beforeAll(async () => {
  const first = await startTestApi();
  api = first;
  secrets.setupCode = first.setupCode!;
  const early = await dump();
  expect(early).not.toContain(secrets.setupCode.slice(4, 36));
  await post(`${api.url}/api/v1/setup`, { code: first.setupCode, username: 'root', password });
  secrets.session = (await signIn(api, 'root')).split('=')[1]!;
  secrets.enrolToken = await api.admin.createEnrollToken({ label: 'x', maxUses: 1, expiresInHours: 1 });
  secrets.agentKey = (await enrolHost(api)).bearer.slice('Bearer '.length);
  secrets.password = password;
});
afterAll(() => api?.close());

/** Every row of every table as text; bytes appear in hexadecimal. */
async function dump(): Promise<string> {
  const tables = await api.sql(`SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public'`);
  const rows = await Promise.all(tables.map(({ name }) => api.sql(`SELECT to_jsonb(one) AS row FROM ${name} one`)));
  return JSON.stringify(rows);
}

test('whoever reads the whole database holds no secret that opens a door', async () => {
  const text = await dump();
  for (const [name, secret] of Object.entries(secrets)) {
    expect(text.includes(secret), name).toBe(false);
    // Nor its random part by itself, whatever it is wrapped in.
    expect(text.includes(secret.slice(4, 24)), name).toBe(false);
  }
});

test('the dump is read well enough to find what is there', async () => {
  const text = await dump();
  for (const name of ['session', 'enrolToken', 'agentKey'] as const)
    expect(text).toContain(createHash('sha256').update(secrets[name]!).digest('hex'));
  expect(text).toContain('$argon2id$v=19$m=19456,t=2,p=1$');
});
