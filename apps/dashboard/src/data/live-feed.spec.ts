// @vitest-environment node
import { createRequire } from 'node:module';
import type { Change, FleetSnapshot, LiveFrame } from '@lunwarden/contract';
import { type Fleet, fleetOf } from '@lunwarden/live';
import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { WebSocketServer as Server, WebSocket as ServerSocket } from 'ws';
import { sampleHost } from '../testing/sample-host.js';
import { fleetKey } from './keys.js';
import { LiveFeed } from './live-feed.js';
import { ServerClock } from './server-clock.js';

// The resolver of a browser's tests would take the browser's half of the package.
const { WebSocket, WebSocketServer } = createRequire(import.meta.url)('ws') as typeof import('ws');

const at = '2026-11-22T07:00:00Z';
const snapshot = (seq: number, score = 7): FleetSnapshot => ({
  seq,
  asOf: at,
  hosts: [sampleHost(1, { score })],
  vcenters: [],
  vmsAtRisk: { count: 0, isComplete: true },
});
const change = (seq: number, score: number): Change => ({ kind: 'host', seq, at, host: sampleHost(1, { score }) });
const hello: LiveFrame = { type: 'hello', seq: 5, serverTime: at, heartbeatMs: 60_000 };

let server: Server;
let cache: QueryClient;
let feed: LiveFeed;
let stop: () => void;
let fetched: number;
/** What a fetch of the snapshot would answer now. */
let truth: FleetSnapshot;
let sockets: ServerSocket[];
let addresses: string[];

beforeEach(async () => {
  vi.stubGlobal('WebSocket', WebSocket);
  server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  sockets = [];
  addresses = [];
  server.on('connection', (socket, request) => {
    sockets.push(socket);
    addresses.push(request.url ?? '');
  });
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  fetched = 0;
  truth = snapshot(5);
  cache = new QueryClient();
  new QueryObserver(cache, {
    queryKey: fleetKey,
    queryFn: () => {
      fetched++;
      return fleetOf(truth);
    },
    staleTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
  }).subscribe(() => {});
  await vi.waitFor(() => expect(fleet()?.seq).toBe(5));
  feed = new LiveFeed(cache, new ServerClock(), `http://127.0.0.1:${port}`);
  stop = feed.start();
  await vi.waitFor(() => expect(sockets).toHaveLength(1));
});

afterEach(() => {
  stop();
  cache.clear();
  for (const socket of sockets) socket.terminate();
  server.close();
  vi.unstubAllGlobals();
});

const say = (frame: LiveFrame) => sockets.at(-1)?.send(JSON.stringify(frame));
const fleet = () => cache.getQueryData<Fleet>(fleetKey);
const score = () => [...(fleet()?.hosts.values() ?? [])][0]?.score;

it('asks for what came after its snapshot, and adds what it is told to the cache', async () => {
  expect(addresses[0]).toBe('/api/v1/live?since=5');
  say(hello);
  say({ type: 'changes', from: 5, to: 6, changes: [change(6, 90)] });
  await vi.waitFor(() => expect(score()).toBe(90));
  expect(feed.state().link).toBe('live');
  expect(fetched).toBe(1);
});

it('writes a storm into the cache in one go', async () => {
  let writes = 0;
  cache.getQueryCache().subscribe((event) => {
    if (event.type === 'updated' && event.action.type === 'success') writes++;
  });
  say(hello);
  for (let seq = 5; seq < 105; seq++)
    say({ type: 'changes', from: seq, to: seq + 1, changes: [change(seq + 1, seq % 100)] });
  await vi.waitFor(() => expect(fleet()?.seq).toBe(105));
  expect(writes).toBeLessThanOrEqual(2);
});

it('fetches a snapshot when a frame is missing, and goes on from there', async () => {
  say(hello);
  truth = snapshot(8, 60);
  say({ type: 'changes', from: 7, to: 8, changes: [change(8, 60)] });
  await vi.waitFor(() => expect(fleet()?.seq).toBe(8));
  expect(fetched).toBe(2);
  say({ type: 'changes', from: 8, to: 9, changes: [change(9, 61)] });
  await vi.waitFor(() => expect(score()).toBe(61));
});

it('does not guess what a frame of another protocol means', async () => {
  say(hello);
  truth = snapshot(6, 44);
  sockets.at(-1)?.send('{"type":"changes","from":5,"to":6,"changes":[{"kind":"surprise"}]}');
  await vi.waitFor(() => expect(score()).toBe(44));
});

it('comes back after a cut, says meanwhile that it is reconnecting, and fetches what it missed', async () => {
  say(hello);
  await vi.waitFor(() => expect(feed.state().link).toBe('live'));
  truth = snapshot(9, 33);
  sockets.at(-1)?.terminate();
  await vi.waitFor(() => expect(feed.state().link).toBe('reconnecting'));
  await vi.waitFor(() => expect(sockets).toHaveLength(2), 3_000);
  say({ ...hello, seq: 9 });
  await vi.waitFor(() => expect(score()).toBe(33));
  expect(feed.state().link).toBe('live');
});

it('takes a line on which nobody speaks for dead', async () => {
  say({ ...hello, heartbeatMs: 50 });
  await vi.waitFor(() => expect(feed.state().link).toBe('live'));
  await vi.waitFor(() => expect(sockets).toHaveLength(2), 3_000);
});

it('shows nothing new while paused, says how much waits, and catches up afterwards', async () => {
  say(hello);
  await vi.waitFor(() => expect(feed.state().link).toBe('live'));
  feed.pause(true);
  say({ type: 'changes', from: 5, to: 6, changes: [change(6, 90)] });
  say({ type: 'changes', from: 6, to: 7, changes: [change(7, 91)] });
  await vi.waitFor(() => expect(feed.state().waiting).toBe(1));
  expect(score()).toBe(7);
  feed.pause(false);
  expect(score()).toBe(91);
  expect(fetched).toBe(1);
});
