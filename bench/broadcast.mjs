// P12, P14: changes told to every dashboard through the whole gateway, against a bare `ws` that sends the same bytes.
// Usage: node bench/broadcast.mjs [--pairs 3] [--clients 1000] [--frames 20] [--stall-seconds 15]
import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import WebSocket from 'ws';
import { cpuOf } from './lib/cpu.mjs';
import { openHouse } from './lib/house.mjs';
import { compare, judge, quantile } from './lib/pairs.mjs';
import { factsOf, reportText } from './lib/reports.mjs';

const { values } = parseArgs({
  options: {
    pairs: { type: 'string', default: '3' },
    clients: { type: 'string', default: '1000' },
    frames: { type: 'string', default: '20' },
    'stall-seconds': { type: 'string', default: '15' },
  },
});
const [pairs, clients, frames, stallSeconds] = [
  values.pairs,
  values.clients,
  values.frames,
  values['stall-seconds'],
].map(Number);
/** The gateway sends at most four frames a second; a little slower, and every change is a frame. */
const frameEveryMs = 300;

const house = await openHouse();
const database = house.database();
const child = (name) => fork(fileURLToPath(new URL(`./lib/${name}.mjs`, import.meta.url)));
const answer = (one) =>
  new Promise((resolve, reject) => {
    const gone = (code) => reject(new Error(`a process of this bench ended (${code}) instead of answering`));
    one.once('exit', gone);
    one.once('message', (message) => {
      one.off('exit', gone);
      resolve(message);
    });
  });
const ask = async (one, question) => {
  one.send(question);
  return answer(one);
};

// A real summary, as a real report made it.
const host = await house.enroll('bench-live');
await house.post(
  '/api/v1/reports',
  { authorization: `Bearer ${host.key}`, 'content-type': 'application/json' },
  Buffer.from(reportText(host, factsOf(0, 1))),
);
const { summary } = (await database.query('SELECT summary FROM assessment')).rows[0];

/** Numbers, stores and announces changes as the store does; answers when they were committed. */
async function change(count) {
  const client = await database.connect();
  try {
    await client.query('BEGIN');
    const { rows } = await client.query('UPDATE change_counter SET seq = seq + $1 WHERE id = 1 RETURNING seq', [count]);
    const last = Number(rows[0].seq);
    const at = new Date().toISOString();
    const bodies = Array.from({ length: count }, (_, n) => {
      const hostId = summary.hostId.slice(0, -4) + String(n).padStart(4, '0');
      return { kind: 'host', seq: last - count + 1 + n, at, host: { ...summary, hostId, score: (last + n) % 100 } };
    });
    await client.query('INSERT INTO change (seq, body) SELECT * FROM unnest($1::bigint[], $2::text[]::jsonb[])', [
      bodies.map(({ seq }) => seq),
      bodies.map((body) => JSON.stringify(body)),
    ]);
    await client.query('SELECT pg_notify($1, $2)', ['lunwarden_changes', String(last)]);
    await client.query('COMMIT');
    return { seq: last, at: Date.now() };
  } finally {
    client.release();
  }
}

// A session may open a few sockets only, and each dashboard has its own.
const socketsOfSession = 8;
const cookies = [];
while (cookies.length * socketsOfSession < clients + 60) cookies.push(await house.signIn());
const crowdOf = (count) =>
  cookies.slice(0, Math.ceil(count / socketsOfSession)).map((cookie, n) => ({
    headers: { cookie, origin: house.url },
    count: Math.min(socketsOfSession, count - n * socketsOfSession),
  }));

const live = `${house.url.replace('http', 'ws')}/api/v1/live`;
const headers = { cookie: house.cookie, origin: house.url };
const recorded = [];
const recorder = new WebSocket(live, { headers, perMessageDeflate: false });
recorder.on('message', (data) => {
  const text = data.toString();
  if (text.startsWith('{"type":"changes"')) recorded.push(text);
});
await new Promise((resolve) => recorder.once('open', resolve));

const ours = child('swarm');
await ask(ours, { connect: { url: live, groups: crowdOf(clients - 1) } });
const bare = child('bare-ws');
const { port } = await answer(bare);
const theirs = child('swarm');
await ask(theirs, { connect: { url: `ws://127.0.0.1:${port}`, groups: [{ headers: {}, count: clients }] } });
console.log(
  JSON.stringify({
    bench: 'broadcast',
    node: process.version,
    cores: cpus().length,
    load: loadavg()[0],
    pairs,
    clients,
  }),
);

/** Microseconds of the server's CPU for each frame and listener. */
async function measured(pid, swarm, listeners, send) {
  await ask(swarm, { collect: true });
  const before = cpuOf(pid);
  for (let n = 0; n < frames; n++) {
    await send(n);
    await sleep(frameEveryMs);
  }
  let got = 0;
  // On a busy machine the last of them come late.
  for (const end = Date.now() + 10_000; got < frames * listeners && Date.now() < end; await sleep(500))
    got += (await ask(swarm, { collect: true })).frames;
  const cpu = cpuOf(pid) - before;
  if (got !== frames * listeners) throw new Error(`${frames * listeners} frames were sent, ${got} came`);
  return { cpu: (cpu * 1000) / got };
}

let replay = [];
const { figures } = await compare({
  pairs,
  a: async () => {
    recorded.length = 0;
    const result = await measured(house.apiPid, ours, clients - 1, () => change(5));
    replay = recorded.slice(-frames);
    return result;
  },
  b: () =>
    measured(bare.pid, theirs, clients, (n) => {
      bare.send({ text: replay[n] });
    }),
});
console.log(JSON.stringify({ bench: 'broadcast', case: 'gateway / bare ws, us a frame and client', ...figures }));
for (const one of [theirs, bare, ours]) one.disconnect();
recorder.terminate();

// P14: a smaller crowd and large frames, so that the one that does not read runs over within the time of a bench.
const crowd = child('swarm');
await ask(crowd, { connect: { url: live, groups: crowdOf(50) } });
const rss = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${house.apiPid}/status`, 'utf8'))?.[1]) / 1024;

/** Milliseconds from commit to arrival at each listener, p99, while large frames go out. */
async function lag(seconds) {
  await ask(crowd, { collect: true });
  const committed = [];
  for (const end = Date.now() + seconds * 1000; Date.now() < end; ) {
    committed.push(await change(300));
    await sleep(frameEveryMs);
  }
  await sleep(1000);
  const { arrivals } = await ask(crowd, { collect: true });
  const times = new Map(committed.map(({ seq, at }) => [seq, at]));
  const lags = arrivals.flatMap(([seq, at]) => (times.has(seq) ? [at - times.get(seq)] : []));
  if (lags.length < committed.length * 25) throw new Error('the listeners did not get their frames');
  return quantile(lags, 0.99);
}

await lag(3);
const alone = await lag(stallSeconds);
const stalled = child('swarm');
await ask(stalled, { connect: { url: live, groups: [{ headers, count: 1 }], isStalled: true } });
const before = rss();
const beside = await lag(stallSeconds);
const growth = rss() - before;
console.log(
  JSON.stringify({
    bench: 'broadcast',
    case: 'one stalled listener',
    p99AloneMs: alone,
    p99BesideMs: beside,
    rssGrowthMb: growth,
  }),
);
for (const one of [crowd, stalled]) one.disconnect();

judge('broadcast', [
  { name: 'P12 CPU: bare / gateway', value: 1 / figures.cpu.ratio, goal: 0.9, atLeast: true },
  { name: "P14 others' p99 beside a stalled listener / alone", value: beside / alone, goal: 1.2, atLeast: false },
  { name: 'P14 growth of the API beside a stalled listener, MB', value: growth, goal: 64, atLeast: false },
]);
await database.end();
await house.close();
