import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApi, type TestApi } from '../../e2e/test-api.js';

let api: TestApi;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lunwarden-dashboard-'));
  await writeFile(join(folder, 'secret.txt'), 'not to be served');
  const root = join(folder, 'dist');
  await mkdir(join(root, 'assets'), { recursive: true });
  await mkdir(join(root, '.vite'));
  await writeFile(join(root, 'index.html'), '<!doctype html><title>Lunwarden</title>');
  await writeFile(join(root, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  await writeFile(join(root, 'assets', 'index-BxK3_f9a.js'), 'export const a = 1;');
  await writeFile(join(root, '.vite', 'manifest.json'), '{}');
  api = await startTestApi({ dashboardDir: root });
});
afterAll(async () => {
  await api?.close();
  await rm(folder, { recursive: true, force: true });
});

const page = { accept: 'text/html,application/xhtml+xml' };
const get = (path: string, headers: Record<string, string> = {}) => fetch(api.url + path, { headers });

test.each(['/', '/hosts/01890a5d-ac96-774b-bcce-b302099a8057', '/weekly/2026-W47', '/index.html'])(
  'the page answers at %s and is asked for again each time',
  async (path) => {
    const answer = await get(path, page);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('<title>Lunwarden');
    expect(answer.headers.get('content-type')).toMatch(/^text\/html/);
    expect(answer.headers.get('cache-control')).toBe('no-cache');
    expect(answer.headers.get('content-security-policy')).toContain("style-src 'self'");
    expect(answer.headers.get('x-frame-options')).toBe('DENY');
  },
);

test('a file with a hash in its name may be kept for ever', async () => {
  const answer = await get('/assets/index-BxK3_f9a.js');
  expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect(answer.headers.get('content-type')).toMatch(/javascript/);
  expect((await get('/favicon.svg')).headers.get('cache-control')).toBe('no-cache');
});

test.each(['/assets/gone-12345678.js', '/missing.css', '/hosts/x'])(
  'a missing file is not answered with the page: %s',
  async (path) => {
    const answer = await get(path, { accept: '*/*' });
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toMatch(/problem\+json/);
  },
);

test.each(['/api/v1/nothing', '/api', '/API/v1/fleet', '//api/v1/fleet', '/api/v1/../v1/nothing'])(
  'below /api there is no page: %s',
  async (path) => {
    expect((await get(path, page)).status).toBe(404);
  },
);

test.each([
  '/../secret.txt',
  '/%2e%2e/secret.txt',
  '/..%2fsecret.txt',
  '/assets/..%5c..%5csecret.txt',
  '/assets/%2e%2e%2f%2e%2e%2fsecret.txt',
  '/.vite/manifest.json',
  '/assets/',
])('nothing beside the page is read: %s', async (path) => {
  const answer = await get(path, { accept: '*/*' });
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(await answer.text()).not.toContain('not to be served');
});

test('a page cannot be posted to', async () => {
  expect((await fetch(`${api.url}/`, { method: 'POST' })).status).toBe(404);
});
