import { existsSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { EnrollRequest, ProxyReport } from '@lunwarden/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fakeRoot, fcProxy } from './fake-root.js';
import { newDirectory, path, run, tools } from './run-collector.js';

type Call = { url: string; headers: IncomingHttpHeaders; body: Buffer };

/** A server on loopback that remembers what it was sent and answers what a test tells it. */
class Listener {
  readonly calls: Call[] = [];
  answers: number[] = [];
  nonces: string[] = [];
  private readonly server: Server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    this.calls.push({ url: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks) });
    const isEnrolment = request.url === '/api/v1/enroll';
    response.writeHead(this.answers.shift() ?? (isEnrolment ? 201 : 202), { 'content-type': 'application/json' });
    const receipt = {
      hostId: '0b7e6f0e-3a0f-4b39-9a52-0d5c3a3f7a10',
      key: 'lwk_a-b_c.1~2+3/4=',
      nextReportInMs: 300000,
    };
    response.end(JSON.stringify(isEnrolment ? receipt : { result: 'accepted', nonce: this.nonces.shift() }));
  });
  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }
  stop = () => new Promise((resolve) => this.server.close(resolve));
  reports = () =>
    this.calls
      .filter(({ url }) => url === '/api/v1/reports')
      .map(({ body, headers }) =>
        ProxyReport.parse(JSON.parse((headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString())),
      );
}

describe.skipIf(process.platform === 'win32')('the Linux collector and its server', () => {
  let listener: Listener;
  let server: string;
  let state: string;
  const command = (args: string[] = [], more: { path?: string } = {}) =>
    run({
      args,
      env: { LUNWARDEN_STATE: state, LUNWARDEN_ROOT: root, LUNWARDEN_TOKEN: 'lwt_from-the-environment' },
      ...more,
    });
  const root = fakeRoot(fcProxy);
  const spooled = () => readdirSync(join(state, 'spool'));

  beforeEach(async () => {
    listener = new Listener();
    server = await listener.start();
    state = newDirectory('state');
    await command(['--enroll', '--server', server]);
  });
  afterEach(() => listener.stop());

  it('trades a token for a key that only its owner may read', () => {
    const [call] = listener.calls;
    expect(EnrollRequest.parse(JSON.parse(call?.body.toString() ?? ''))).toMatchObject({
      token: 'lwt_from-the-environment',
      hostname: 'pxy-fake',
      platform: 'linux',
    });
    expect(readFileSync(join(state, 'key'), 'utf8')).toBe('lwk_a-b_c.1~2+3/4=\n');
    expect(statSync(join(state, 'key')).mode & 0o777).toBe(0o600);
  });

  it('hands its report in with the key, packed', async () => {
    expect(await command()).toMatchObject({ code: 0 });
    expect(listener.calls[1]?.headers).toMatchObject({
      authorization: 'Bearer lwk_a-b_c.1~2+3/4=',
      'content-encoding': 'gzip',
      'content-type': 'application/json',
    });
    expect(listener.reports()).toMatchObject([{ seq: 0, dropped: 0, ageMs: expect.any(Number) }]);
    expect(spooled()).toEqual([]);
  });

  it('never shows the key or the token in the list of processes', async () => {
    const seen = join(newDirectory('seen'), 'arguments');
    const wrapper = tools({ curl: `echo "$@" >> ${seen}\nPATH=${path} exec curl "$@"` });
    await command(['--enroll', '--server', server], { path: `${wrapper}:${path}` });
    await command([], { path: `${wrapper}:${path}` });
    expect(readFileSync(seen, 'utf8').trim().split('\n')).toHaveLength(2);
    expect(readFileSync(seen, 'utf8')).not.toMatch(/lwk_|lwt_/);
  });

  it('keeps a report that the server cannot take now, and sends it first when it can', async () => {
    listener.answers = [503, 503, 503];
    expect((await command()).code).toBe(7);
    expect(spooled()).toHaveLength(1);
    expect((await command()).code).toBe(0);
    const sent = listener.reports().slice(-2);
    expect(sent.map(({ seq }) => seq)).toEqual([0, 1]);
    // The kept one is older by the time that the retries took, and says so.
    expect(sent[0]?.ageMs ?? 0).toBeGreaterThan((sent[1]?.ageMs ?? 0) + 2000);
    expect(spooled()).toEqual([]);
  });

  it('does not claim an age that a reboot made unprovable', async () => {
    listener.answers = [503, 503, 503];
    await command();
    const [name = ''] = spooled();
    renameSync(
      join(state, 'spool', name),
      join(state, 'spool', name.replace(/_[0-9a-f-]{36}_/, '_00000000-0000-4000-8000-000000000000_')),
    );
    await command();
    expect(
      listener
        .reports()
        .slice(-2)
        .map(({ ageMs }) => typeof ageMs),
    ).toEqual(['object', 'number']);
  });

  it('stops and says so when its key is refused', async () => {
    listener.answers = [401];
    const refused = await command();
    expect([refused.code, refused.err]).toEqual([4, expect.stringContaining('enrol again')]);
    expect(spooled()).toHaveLength(1);
  });

  it('puts a report aside that the server will never take, and says why', async () => {
    listener.answers = [400];
    const refused = await command();
    expect([refused.code, refused.err]).toEqual([5, expect.stringContaining('HTTP 400')]);
    expect(spooled()).toEqual([]);
    expect(existsSync(join(state, 'rejected.json'))).toBe(true);
  });

  it('collects again at once for a pre-flight, with the nonce of its receipt, and only once', async () => {
    listener.nonces = ['somebody-waits_for-this'];
    expect((await command()).code).toBe(0);
    await command();
    const sent = listener.reports();
    expect(sent.map(({ nonce }) => nonce)).toEqual([undefined, 'somebody-waits_for-this', undefined]);
    expect(sent.map(({ seq }) => seq)).toEqual([0, 1, 2]);
    expect(new Set(sent.map(({ reportId }) => reportId)).size).toBe(3);
  });

  it('sends the nonce of an answer that it could not act on with its next run', async () => {
    listener.nonces = ['somebody-waits_for-this', 'somebody-waits_for-this'];
    await command();
    await command();
    expect(listener.reports().map(({ nonce }) => nonce !== undefined)).toEqual([false, true, true]);
    expect(existsSync(join(state, 'nonce'))).toBe(false);
  });

  it('keeps the newest fifty reports and counts what it threw away', async () => {
    for (let second = 100; second < 152; second++)
      writeFileSync(join(state, 'spool', `1700000${second}_00000000-0000-4000-8000-000000000000_1.json`), 'x}');
    listener.answers = Array.from({ length: 60 }, () => 400);
    await command();
    expect(listener.calls.filter(({ url }) => url === '/api/v1/reports')).toHaveLength(50);
    expect(readFileSync(join(state, 'dropped'), 'utf8')).toBe('3\n');
  });

  it('sends no key and no token without TLS to another machine', async () => {
    for (const address of ['http://lunwarden.example', 'http://localhost.example', 'ftp://127.0.0.1']) {
      const { code, err } = await command(['--enroll', '--server', address]);
      expect([address, code, err]).toEqual([address, 2, expect.stringContaining('https://')]);
    }
  });

  it('refuses to speak with the voice of the machine it was cloned from', async () => {
    writeFileSync(join(state, 'machine'), '11111111-2222-3333-4444-555555555555\n');
    const clone = { ...fcProxy, files: { 'sys/class/dmi/id/product_uuid': 'AAAAAAAA-2222-3333-4444-555555555555\n' } };
    const env = { LUNWARDEN_STATE: state, LUNWARDEN_ROOT: fakeRoot(clone), LUNWARDEN_TOKEN: 'lwt_second' };
    const before = readFileSync(join(state, 'install-id'), 'utf8');
    expect(await run({ env })).toMatchObject({ code: 6, err: expect.stringContaining('clone') });
    expect(await run({ env, args: ['--enroll', '--server', server] })).toMatchObject({ code: 0 });
    expect(readFileSync(join(state, 'install-id'), 'utf8')).not.toBe(before);
  });
});
