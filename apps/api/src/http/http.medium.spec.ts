import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApi, type TestApi } from '../../e2e/test-api.js';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api?.close());

test('tells that it is well', async () => {
  const answer = await fetch(`${api.url}/api/v1/health`);
  expect(await answer.json()).toEqual({ status: 'ok', version: '0.1.0-test' });
});
