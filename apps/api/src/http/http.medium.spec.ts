import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tools/testing/fresh-database.js';
import { type StartedApi, startApi } from '../index.js';

let api: StartedApi;
let drop: () => Promise<void>;

beforeAll(async () => {
  const database = await freshDatabase();
  drop = database.drop;
  api = await startApi({
    databaseUrl: database.url,
    host: '127.0.0.1',
    port: 0,
    keyringFile: '',
    dashboardDir: null,
    version: '0.1.0-test',
    role: 'api',
    trustedOrigins: [],
    allowUnsafeDatabase: true,
  });
});
afterAll(async () => {
  await api?.close();
  await drop?.();
});

test('tells that it is well', async () => {
  const answer = await fetch(`${api.url}/api/v1/health`);
  expect(await answer.json()).toEqual({ status: 'ok', version: '0.1.0-test' });
});
