import { LiveFrame, livePath } from '@lunwarden/contract';
import { applyFrame, type Fleet, fleetOf } from '@lunwarden/live';
import { storyFacts } from '@lunwarden/sample-fleet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { type EnrolledProxy, type House, openHouse, until } from './house.js';

let house: House;
let proxies: EnrolledProxy[];

beforeAll(async () => {
  house = await openHouse();
  proxies = await Promise.all(Array.from({ length: 12 }, (_, n) => house.enroll(`live-${n}`)));
});
afterAll(() => house.close());

const address = (query = '') => `${house.url.replace('http', 'ws')}${livePath}${query}`;

/** The status with which an upgrade is answered; 101 = it opened. */
const knock = (headers: Record<string, string>, path = address()): Promise<number> =>
  new Promise((resolve) => {
    const socket = new WebSocket(path, { headers });
    socket.on('unexpected-response', (_, answer) => resolve(answer.statusCode ?? 0));
    socket.on('error', () => undefined);
    socket.on('open', () => {
      socket.terminate();
      resolve(101);
    });
  });

/** A client as the dashboard has it: adds up frames, fetches a snapshot where it missed something. */
async function listenIn(): Promise<{ fleet(): Fleet; resyncs(): number; frames(): number; socket: WebSocket }> {
  let fleet = fleetOf(await house.fleet());
  let resyncs = 0;
  let frames = 0;
  const socket = new WebSocket(address(`?since=${fleet.seq}`), {
    headers: { cookie: house.cookie, origin: house.url },
  });
  socket.on('message', async (data) => {
    const frame = LiveFrame.parse(JSON.parse(String(data)));
    frames++;
    const next = applyFrame(fleet, frame);
    if (next !== 'gap' && frame.type !== 'resync') fleet = next;
    else {
      resyncs++;
      fleet = fleetOf(await house.fleet());
    }
  });
  await new Promise((resolve) => socket.once('open', resolve));
  return { fleet: () => fleet, resyncs: () => resyncs, frames: () => frames, socket };
}

describe('who may listen', () => {
  const origins = [
    'https://evil.example',
    'null',
    '',
    'http://127.0.0.1',
    'http://localhost.evil.example',
    'https://127.0.0.1.evil.example',
    'file://',
  ];

  it.each(origins)('refuses the origin "%s" before the 101', async (origin) => {
    expect(await knock({ cookie: house.cookie, origin })).toBe(403);
  });

  it('refuses a caller without an origin, without a session, with a made-up one, and with a key of a host', async () => {
    const [proxy] = proxies;
    expect(await knock({ cookie: house.cookie })).toBe(403);
    expect(await knock({ origin: house.url })).toBe(401);
    expect(await knock({ origin: house.url, cookie: `${house.cookie}x` })).toBe(401);
    expect(await knock({ origin: house.url, authorization: `Bearer ${proxy?.key}` })).toBe(401);
  });

  it('lets the own page in', async () => {
    expect(await knock({ cookie: house.cookie, origin: house.url })).toBe(101);
  });

  it('knows no other path', async () => {
    expect(
      await knock({ cookie: house.cookie, origin: house.url }, `${house.url.replace('http', 'ws')}/api/v1/other`),
    ).toBe(404);
  });
});

describe('what is told', () => {
  it('adds up to what the API answers, in few frames, while many reports come in', async () => {
    const client = await listenIn();
    for (let round = 0; round < 6; round++)
      await Promise.all(
        proxies.map((proxy, n) =>
          house.report(proxy, storyFacts((round + n) % 2 === 0 ? 'popular-fix' : 'targeted-fix')),
        ),
      );
    const last = await until('the client has heard everything', async () => {
      const now = await house.fleet();
      return client.fleet().seq === now.seq ? now : null;
    });
    const heard = client.fleet();
    for (const host of last.hosts)
      expect(heard.hosts.get(host.hostId)).toMatchObject({
        level: host.level,
        score: host.score,
        automount: host.automount,
      });
    expect(client.resyncs()).toBe(0);
    expect(client.frames()).toBeLessThan(72);
    client.socket.terminate();
  });

  it('tells a client that was away what it missed, and nothing twice', async () => {
    const before = fleetOf(await house.fleet());
    await Promise.all(proxies.map((proxy) => house.report(proxy, storyFacts('service-pack-failed'))));
    const frames: LiveFrame[] = [];
    const socket = new WebSocket(address(`?since=${before.seq}`), {
      headers: { cookie: house.cookie, origin: house.url },
    });
    socket.on('message', (data) => frames.push(LiveFrame.parse(JSON.parse(String(data)))));
    await until('the missed changes arrive', async () => frames.some((frame) => frame.type === 'changes'));
    const told = frames.find((frame) => frame.type === 'changes');
    expect(told?.type === 'changes' && told.from).toBe(before.seq);
    const hosts =
      told?.type === 'changes'
        ? told.changes.flatMap((change) => (change.kind === 'host' ? [change.host.hostId] : []))
        : [];
    expect(new Set(hosts).size).toBe(hosts.length);
    socket.terminate();
  });

  it('sends a client from another time back to a snapshot', async () => {
    const frames: LiveFrame[] = [];
    const socket = new WebSocket(address('?since=999999999'), { headers: { cookie: house.cookie, origin: house.url } });
    socket.on('message', (data) => frames.push(LiveFrame.parse(JSON.parse(String(data)))));
    await until('it is told to start over', async () => frames.some((frame) => frame.type === 'resync'));
    socket.terminate();
  });

  it('closes on a client that talks', async () => {
    const client = await listenIn();
    const code = new Promise<number>((resolve) => client.socket.once('close', resolve));
    client.socket.send('subscribe everything');
    expect(await code).toBe(1008);
  });

  it('closes within five seconds after the session has ended', async () => {
    const client = await listenIn();
    const code = new Promise<number>((resolve) => client.socket.once('close', resolve));
    const from = Date.now();
    expect((await house.post('/api/v1/logout', {})).status).toBe(204);
    expect(await code).toBe(4401);
    expect(Date.now() - from).toBeLessThan(6_000);
  });
});
