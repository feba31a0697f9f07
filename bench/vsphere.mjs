// P6, C1, C2: a whole vCenter read by us and by VMware's Go library, from the same simulator, in turn.
// P7 with --delta: what a reading costs after ten VMs changed. P1 with --flat 50: memory over 50 readings in one process.
// Usage: node bench/vsphere.mjs [--fleet M] [--pairs 3 | --delta | --flat 50]   (L: once, without pairs)
// S: 6 hosts, M: 100 hosts, 2,000 LUNs, 5,000 VMs, L: ten times M (3 GB of memory, 10 minutes)
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { smallSan, trueRows } from '@lunwarden/sample-fleet';
import { compare, judge } from './lib/pairs.mjs';
import { account, goProgram, mostMbOf, read, serveEstate } from './lib/vcsim.mjs';
import { delta } from './lib/vsphere-delta.mjs';
import { flat } from './lib/vsphere-flat.mjs';

const { values } = parseArgs({
  options: {
    fleet: { type: 'string', default: 'M' },
    pairs: { type: 'string', default: '3' },
    delta: { type: 'boolean', default: false },
    flat: { type: 'string' },
  },
});
const cluster = { hostsPerCluster: 20, lunsPerCluster: 400, vmsPerCluster: 1000, seed: 1 };
const orders = { S: smallSan, M: { clusters: 5, ...cluster }, L: { clusters: 50, ...cluster } };
const order = orders[values.fleet];
if (order === undefined) throw new Error('--fleet is S, M or L');
/** The first reading of a process warms it up; a server reads every ten minutes and is warm. Both are told. */
const readings = values.fleet === 'L' ? 1 : 4;

const say = (line) => console.log(JSON.stringify({ bench: 'vsphere', ...line }));
const atMost = (name, value, goal) => ({ name, value, goal, atLeast: false });

/** A reader that finds other rows than the estate was made with is not slow or fast but wrong. */
function costOf(name, truth, { readings: costs, rows, sha256, startMb, runtimeMb }) {
  const [first, last] = [costs[0], costs.at(-1)];
  say({ reader: name, first, last, rows, isTruth: sha256 === truth, runtimeMb, startMb });
  if (sha256 !== truth) throw new Error(`${name} found other rows than the estate was made with`);
  return {
    wallOfFirst: first.wallMs,
    cpuFromStart: first.cpuFromStartMs,
    rssOfFirst: first.rssMb,
    rssAboveRuntime: first.rssMb - runtimeMb,
    wall: last.wallMs,
    cpu: last.cpuMs,
    rss: last.rssMb,
  };
}

/** Ten minutes a leg are too long for pairs. */
async function once({ a, b }) {
  const [left, right] = [await a(), await b()];
  const ratios = Object.entries(left).map(([key, own]) => [
    key,
    { ratio: own / right[key], ours: own, bare: right[key] },
  ]);
  return { figures: Object.fromEntries(ratios) };
}

async function compareReaders(simulator) {
  const goref = await goProgram('goref');
  const truth = createHash('sha256')
    .update(`${trueRows(order).join('\n')}\n`)
    .digest('hex');
  const readerScript = fileURLToPath(new URL('./lib/vsphere-reader.mjs', import.meta.url));
  const [username, password] = account;
  const n = String(readings);
  const asGo = ['-url', simulator.url, '-username', username, '-password', password, '-readings', n];
  const folder = await mkdtemp(join(tmpdir(), 'lunwarden-bench-map-'));
  const mapFile = join(folder, 'map.json');
  const ours = [readerScript, simulator.url, username, password, n, mapFile];
  // What Node weighs before it reads a line of ours; a Go program is its own runtime.
  const runtimeMb = await mostMbOf();
  const readByGo = async () => {
    const cost = await read(goref, asGo);
    return { ...cost, runtimeMb: cost.startMb };
  };
  const legs = {
    a: async () => costOf('lunwarden', truth, { ...(await read(process.execPath, ours)), runtimeMb }),
    b: async () => costOf('govmomi', truth, await readByGo()),
  };
  const { figures } = values.fleet === 'L' ? await once(legs) : await compare({ ...legs, pairs: Number(values.pairs) });
  say({
    case: `${values.fleet} (ours / govmomi; ms, MB; reading ${readings} of a process, and from its start)`,
    ...figures,
  });
  const finishedMap = fileURLToPath(new URL('./lib/finished-map.mjs', import.meta.url));
  say({ floor: 'a Node process that only parses the finished map, MB', floorMb: await mostMbOf(finishedMap, mapFile) });
  await rm(folder, { recursive: true, force: true });
  // On a small estate the memory is that of Node and Go themselves.
  if (values.fleet === 'S') return;
  judge('vsphere', [
    atMost('C2 wall', figures.wall.ratio, 1),
    atMost('P6 CPU', figures.cpu.ratio, 0.5),
    atMost('C2 memory', figures.rssOfFirst.ratio, 0.5),
    ...(values.fleet === 'L' ? [atMost('C2 memory, MB', figures.rssOfFirst.ours, 450)] : []),
  ]);
}

async function costOfChanges(simulator) {
  const costs = await delta(simulator, account);
  for (const [reading, cost] of Object.entries(costs)) say({ reading, ...cost });
  judge('vsphere', [
    atMost('P7 bytes read after 10 changed VMs, of a full reading', costs.changed.bytes / costs.full.bytes, 0.1),
    atMost(
      'P7 rows written after 10 changed VMs, of a full reading',
      costs.changed.rowsWritten / costs.full.rowsWritten,
      0.01,
    ),
    atMost('P7 rows written when nothing changed', costs.idle.rowsWritten, 0),
  ]);
}

async function memoryOverTime(simulator) {
  const figures = await flat(simulator.url, account, Number(values.flat));
  say({ case: `${values.fleet}, one process`, ...figures });
  judge('vsphere', [atMost('P1 memory, MB a reading', figures.slopeMb, 1)]);
}

say({ fleet: values.fleet, ...order, node: process.version, cores: cpus().length, load: loadavg()[0] });
const simulator = await serveEstate(await goProgram('vcsim'), order);
try {
  if (values.delta) await costOfChanges(simulator);
  else if (values.flat !== undefined) await memoryOverTime(simulator);
  else await compareReaders(simulator);
} finally {
  await simulator.stop();
}
say({ loadAtEnd: loadavg()[0] });
