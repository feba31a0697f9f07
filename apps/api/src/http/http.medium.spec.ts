import { connect } from 'node:net';
import { type RouteName, routes } from '@lunwarden/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { browserHeaders, enrolHost, password, signIn, startTestApi, type TestApi } from '../../e2e/test-api.js';

let api: TestApi;
let cookie: string;
let authorization: string;

beforeAll(async () => {
  api = await startTestApi();
  await api.admin.createAdmin('root', password);
  cookie = await signIn(api, 'root');
  authorization = (await enrolHost(api)).bearer;
});
afterAll(() => api?.close());

/** Bytes on a socket of our own, for what fetch does not send; resolves with all that came back. */
function raw(text: string): Promise<string> {
  const { hostname, port } = new URL(api.url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(text, 'latin1'));
    let answer = '';
    socket.setEncoding('latin1').on('data', (part: string) => {
      answer += part;
    });
    socket.on('close', () => resolve(answer)).on('error', reject);
  });
}

const changing = new Set([
  'date',
  'content-length',
  'connection',
  'keep-alive',
  'etag',
  'last-modified',
  'retry-after',
]);
const headersOf = (answer: Response): Record<string, string> =>
  Object.fromEntries([...answer.headers].filter(([name]) => !changing.has(name)).sort());

const everyAnswer = (host: string) => ({
  'cache-control': 'no-store',
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self' ws://${host}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "object-src 'none'",
  ].join(';'),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
  'x-download-options': 'noopen',
  'x-frame-options': 'DENY',
  'x-permitted-cross-domain-policies': 'none',
  'x-xss-protection': '0',
});
const problemType = 'application/problem+json; charset=utf-8';

describe('headers', () => {
  test('of an answer', async () => {
    const answer = await fetch(`${api.url}/api/v1/health`);
    expect(headersOf(answer)).toEqual({
      ...everyAnswer(new URL(api.url).host),
      'content-type': 'application/json; charset=utf-8',
    });
  });

  test.each(Object.keys(routes) as RouteName[])('of a refusal at the door %s', async (name) => {
    const { method, path } = routes[name];
    const answer = await fetch(api.url + path.replace(/:\w+/, 'junk'), {
      method,
      headers: { authorization: 'Bearer junk', ...(method === 'POST' ? { 'content-type': 'text/plain' } : {}) },
      ...(method === 'POST' ? { body: 'x' } : {}),
    });
    const { 'content-type': _, 'www-authenticate': __, ...headers } = headersOf(answer);
    expect(headers).toEqual(everyAnswer(new URL(api.url).host));
  });

  test.each(['/api/v1/nothing', '/api/v1/%zz', `/api/v1/hosts/${'x'.repeat(3000)}`])(
    'of what is not there: %s',
    async (path) => {
      const answer = await fetch(api.url + path);
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(headersOf(answer)).toEqual({ ...everyAnswer(new URL(api.url).host), 'content-type': problemType });
    },
  );

  test('a Host that is none does not become part of the policy', async () => {
    const answer = await raw('GET /api/v1/health HTTP/1.1\r\nHost: x; script-src *\r\nConnection: close\r\n\r\n');
    expect(answer).toContain("connect-src 'self' 'self';");
    expect(answer).not.toContain('script-src *');
  });
});

describe('a body', () => {
  const json = { 'content-type': 'application/json' };
  const send = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = json) =>
    fetch(`${api.url}/api/v1/enroll`, { method: 'POST', headers, body });

  test.each([
    ['plain text', { 'content-type': 'text/plain' }],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['XML', { 'content-type': 'application/xml' }],
    ['JSON in Latin-1', { 'content-type': 'application/json; charset=iso-8859-1' }],
    ['a type that begins like JSON', { 'content-type': 'application/jsonp' }],
    ['compressed', { ...json, 'content-encoding': 'gzip' }],
    ['compressed twice', { ...json, 'content-encoding': 'gzip, gzip' }],
    ['in an unknown encoding', { ...json, 'content-encoding': 'zstd' }],
  ])('as %s is refused', async (_, headers) => {
    expect((await send('{}', headers)).status).toBe(415);
  });

  test('without a type is refused', async () => {
    const answer = await raw(
      'POST /api/v1/enroll HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}',
    );
    expect(answer).toMatch(/^HTTP\/1\.1 415 /);
  });

  test.each([
    ['that is no JSON', '{', 400],
    ['in half UTF-8', new Uint8Array([0x7b, 0x22, 0xc3, 0x22, 0x7d]), 400],
    ['with __proto__', '{"__proto__":{}}', 400],
    ['a million levels deep', '['.repeat(50_000), 400],
    ['that is a list', '[]', 422],
    ['that is null', 'null', 422],
    ['that is empty', '', 422],
    ['of more than 128 KiB', `{"token":"${'x'.repeat(131_072)}"}`, 413],
    ['of more than 1 MiB', `{"token":"${'x'.repeat(1_100_000)}"}`, 413],
  ])('%s is refused', async (_, body, status) => {
    const answer = await send(body);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toBe(problemType);
  });

  test('is not looked at before the caller is known', async () => {
    const answer = await fetch(`${api.url}/api/v1/enroll-tokens`, { method: 'POST', headers: json, body: '{' });
    expect(answer.status).toBe(401);
  });

  test('of a report reaches the intake as bytes, compressed or not', async () => {
    const report = (body: string | Uint8Array<ArrayBuffer>, headers = {}) =>
      fetch(`${api.url}/api/v1/reports`, { method: 'POST', headers: { ...json, authorization, ...headers }, body });
    expect((await report('{}')).status).toBe(422);
    expect((await report(new Uint8Array([1, 2, 3]), { 'content-encoding': 'gzip' })).status).toBe(400);
  });
});

describe('a problem', () => {
  const told = async (path: string, init: RequestInit = {}) => {
    const answer = await fetch(api.url + path, init);
    return { type: answer.headers.get('content-type'), body: await answer.json() };
  };

  test('tells what to do and nothing of the inside', async () => {
    expect(await told('/api/v1/fleet')).toEqual({
      type: problemType,
      body: {
        type: 'urn:lunwarden:problem:unauthorized',
        title: 'Not signed in',
        status: 401,
        code: 'unauthorized',
        detail: 'Sign in, or send the key of this host.',
      },
    });
    expect((await told('/api/v1/hosts/junk', { headers: { cookie } })).body).toEqual({
      type: 'urn:lunwarden:problem:invalid_input',
      title: 'The request does not fit its schema',
      status: 422,
      code: 'invalid_input',
      detail: 'The request does not fit the schema of this route; see errors for the failing paths.',
      errors: [{ path: 'id', message: 'Invalid UUID' }],
    });
  });

  test('does not repeat what was asked for', async () => {
    const { body } = await told('/api/v1/<script>alert(1)</script>', { headers: { cookie } });
    expect(JSON.stringify(body)).not.toContain('script');
  });

  test('of a query with unknown or polluting names is a refusal', async () => {
    for (const query of ['sort=id;--', 'weeks=9', 'weeks[]=8', '__proto__[x]=1', 'weeks=8&weeks=8'])
      expect((await told(`/api/v1/fleet/trend?${query}`, { headers: { cookie } })).body).toMatchObject({ status: 422 });
    expect(({} as { x?: number }).x).toBeUndefined();
  });
});

describe('on the wire', () => {
  const post = 'POST /api/v1/enroll HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n';

  test.each([
    ['two framings', `${post}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\n\r\n`],
    ['two lengths', `${post}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`],
    ['a bare line feed', 'GET /api/v1/health HTTP/1.1\nHost: x\n\n'],
    ['a folded header', 'GET /api/v1/health HTTP/1.1\r\nHost: x\r\nX-A: b\r\n c\r\n\r\n'],
    ['a chunk length that is none', `${post}Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n`],
    ['no HTTP', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n'],
  ])('%s is refused and the connection closed', async (_, text) => {
    const answer = await raw(text);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer.match(/HTTP\/1\.1/g)).toHaveLength(1);
    expect(answer).not.toMatch(/llhttp|HPE_|at .*\.js/);
  });

  test('headers of 17 KiB are refused', async () => {
    expect(await raw(`GET / HTTP/1.1\r\nHost: x\r\nX-A: ${'x'.repeat(17_000)}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 431 /);
  });

  test('who does not finish its headers within ten seconds is shown out', async () => {
    const begun = performance.now();
    expect(await raw('GET /api/v1/health HTTP/1.1\r\nHost: x\r\nX-Slow: ')).toMatch(/^HTTP\/1\.1 408 /);
    expect(performance.now() - begun).toBeLessThan(16_000);
  }, 30_000);
});

test('the document of the API is served as the contract makes it', async () => {
  const document = (await (await fetch(`${api.url}/api/v1/openapi.json`)).json()) as { openapi: string; paths: object };
  expect(document.openapi).toBe('3.1.0');
  expect(Object.keys(document.paths)).toContain('/api/v1/reports');
});

test('a defect of ours tells an id only, and the process lives', async () => {
  const lost = await startTestApi();
  await lost.admin.createAdmin('root', password);
  const session = await signIn(lost, 'root');
  await lost.sql('ALTER TABLE session RENAME TO elsewhere');
  const broken = await fetch(`${lost.url}/api/v1/welcome`, { headers: { ...browserHeaders, cookie: session } });
  expect(broken.status).toBe(500);
  expect(Object.keys((await broken.json()) as object).sort()).toEqual([
    'code',
    'detail',
    'instance',
    'status',
    'title',
    'type',
  ]);
  expect((await fetch(`${lost.url}/api/v1/health`)).status).toBe(200);
  await lost.close();
});
