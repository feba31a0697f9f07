import { createServer, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { closed, listening } from '../testing/listening.js';
import { optionsFor, skipNote } from '../testing/options.js';
import { type Certificate, selfSigned, startTlsServer, type TlsServer } from '../testing/tls-server.js';
import { findVcsim, startVcsim, type Vcsim } from '../testing/vcsim.js';
import { collectLunMap, probeVcenter, type VcenterOptions } from './index.js';

const program = await findVcsim();
if (program === null) console.warn(skipNote);

type Trust = VcenterOptions['trust'];
const timeouts = { connectMs: 2_000, firstByteMs: 500, restartMs: 10 };
const tryOut = (url: string, trust: Trust) =>
  collectLunMap(optionsFor(url, { trust, timeouts })).catch((error: unknown) => error);

let certificate: Certificate;
let other: Certificate;
let server: TlsServer | null = null;
beforeAll(async () => {
  certificate = await selfSigned();
  other = await selfSigned();
});
afterEach(async () => {
  await server?.stop();
  server = null;
});

/** Refused, with the fingerprint told, and not one byte of HTTP sent, so no credential either. */
async function expectRefused(shown: Certificate, trust: Trust, why: RegExp): Promise<void> {
  server = await startTlsServer(shown);
  const error = await tryOut(server.url, trust);
  expect(error).toMatchObject({
    code: 'vcenter_certificate_refused',
    sha256: shown.sha256,
    message: expect.stringMatching(why),
  });
  expect(server.handshakes()).toBeGreaterThan(0);
  expect(server.received()).toBe(0);
}

describe('a certificate that is not trusted gets no byte of HTTP', () => {
  test('unknown to this machine', () => expectRefused(certificate, { kind: 'system' }, /fingerprint is [0-9a-f]{64}/));
  test('of another authority', () => expectRefused(certificate, { kind: 'ca', pem: other.pem }, /authority/));
  test('another than the pinned one', () =>
    expectRefused(certificate, { kind: 'pin', sha256: other.sha256 }, /not the pinned one/));
  test('for another name', async () => {
    const named = await selfSigned({ host: 'vcenter.example.test' });
    await expectRefused(named, { kind: 'ca', pem: named.pem }, /another host name/);
  });
  const past = { from: new Date('2020-01-01'), to: new Date('2021-01-01') };
  test('expired', async () => {
    const old = await selfSigned(past);
    await expectRefused(old, { kind: 'ca', pem: old.pem }, /expired/);
  });
  test('pinned but expired', async () => {
    const old = await selfSigned(past);
    await expectRefused(old, { kind: 'pin', sha256: old.sha256 }, /expired/);
  });
});

test('the counting server does count: the right pin lets HTTP through', async () => {
  server = await startTlsServer(certificate);
  const error = await tryOut(server.url, { kind: 'pin', sha256: certificate.sha256 });
  expect(error).toMatchObject({ code: 'vcenter_deadline' });
  expect(server.received()).toBeGreaterThan(50);
});

test('TLS 1.1 is refused', async () => {
  server = await startTlsServer(certificate, { maxVersion: 'TLSv1.1' });
  const error = await tryOut(server.url, { kind: 'pin', sha256: certificate.sha256 });
  expect(error).toMatchObject({ code: 'vcenter_unreachable', message: expect.stringContaining('TLS 1.2') });
  expect(server.received()).toBe(0);
});

test.each<[string, (socket: Socket) => void, string]>([
  ['says nothing', () => undefined, 'vcenter_deadline'],
  ['hangs up', (socket) => socket.destroy(), 'vcenter_unreachable'],
  ['speaks without TLS', (socket) => void socket.end('HTTP/1.1 200 OK\r\n\r\n'), 'vcenter_unreachable'],
])('a port that %s costs no more than the time to connect', async (_name, act, code) => {
  const sockets: Socket[] = [];
  const silent = createServer((socket) => {
    sockets.push(socket.on('error', () => undefined));
    act(socket);
  });
  const url = `https://127.0.0.1:${await listening(silent)}`;
  const startedAt = performance.now();
  const quick = { ...timeouts, connectMs: 300 };
  const options = optionsFor(url, { trust: { kind: 'pin', sha256: certificate.sha256 }, timeouts: quick });
  expect(await collectLunMap(options).catch((error: unknown) => error)).toMatchObject({ code });
  expect(performance.now() - startedAt).toBeLessThan(5_000);
  for (const socket of sockets) socket.destroy();
  await closed(silent);
});

test('a probe of an unknown certificate tells its fingerprint to pin', async () => {
  server = await startTlsServer(certificate);
  const probe = await probeVcenter(optionsFor(server.url, { trust: { kind: 'system' } }));
  expect(probe).toMatchObject({ ok: false, sha256: certificate.sha256, about: null });
});

test('a port where nobody listens, and a name that nobody has', async () => {
  server = await startTlsServer(certificate);
  const { url } = server;
  await server.stop();
  expect(await tryOut(url, { kind: 'system' })).toMatchObject({ code: 'vcenter_unreachable' });
});

describe.skipIf(program === null)('a vCenter behind TLS', () => {
  let vcsim: Vcsim;
  beforeAll(async () => {
    vcsim = await startVcsim(program ?? '');
  });
  afterAll(() => vcsim?.stop());

  test('is read when its certificate is pinned', async () => {
    server = await startTlsServer(certificate, { upstream: vcsim.url });
    const trust = { kind: 'pin', sha256: certificate.sha256 } as const;
    expect(await tryOut(server.url, trust)).toMatchObject({ complete: true, counts: { vms: { got: 4 } } });
    expect(await probeVcenter(optionsFor(server.url, { trust }))).toMatchObject({ ok: true, sha256: trust.sha256 });
  });

  test('is read when its authority is given', async () => {
    server = await startTlsServer(certificate, { upstream: vcsim.url });
    const trust = { kind: 'ca', pem: certificate.pem } as const;
    expect(await tryOut(server.url, trust)).toMatchObject({ complete: true });
    expect(await probeVcenter(optionsFor(server.url, { trust }))).toMatchObject({
      ok: true,
      sha256: certificate.sha256,
    });
  });

  test('is read through at most two connections', async () => {
    server = await startTlsServer(certificate, { upstream: vcsim.url });
    await tryOut(server.url, { kind: 'pin', sha256: certificate.sha256 });
    expect(server.handshakes()).toBeLessThanOrEqual(2);
  });
});
