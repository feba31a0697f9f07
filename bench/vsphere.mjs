// P6, C1, C2: a whole vCenter read by us and by VMware's Go library, from the same simulator, in turn.
// Usage: node bench/vsphere.mjs [--fleet M] [--pairs 3]     S: 6 hosts, M: 100, L: 1,000 (3 GB of memory, 10 minutes)
import { createHash } from 'node:crypto';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { smallSan, trueRows } from '@lunwarden/sample-fleet';
import { compare, judge } from './lib/pairs.mjs';
import { account, goProgram, read, serveEstate } from './lib/vcsim.mjs';

const { values } = parseArgs({
  options: { fleet: { type: 'string', default: 'M' }, pairs: { type: 'string', default: '3' } },
});
const cluster = { hostsPerCluster: 20, lunsPerCluster: 400, vmsPerCluster: 1000, seed: 1 };
const orders = { S: smallSan, M: { clusters: 5, ...cluster }, L: { clusters: 50, ...cluster } };
const order = orders[values.fleet];
if (order === undefined) throw new Error('--fleet is S, M or L');

const [vcsim, goref] = [await goProgram('vcsim'), await goProgram('goref')];
const truth = createHash('sha256')
  .update(`${trueRows(order).join('\n')}\n`)
  .digest('hex');
const simulator = await serveEstate(vcsim, order);
const machine = { node: process.version, cores: cpus().length, load: loadavg()[0] };
console.log(JSON.stringify({ bench: 'vsphere', fleet: values.fleet, ...order, ...machine }));

/** A reader that finds other rows than the estate was made with is not slow or fast but wrong. */
function costOf(name, { wallMs, cpuMs, rssMb, rows, sha256 }) {
  console.log(
    JSON.stringify({ bench: 'vsphere', reader: name, wallMs, cpuMs, rssMb, rows, isTruth: sha256 === truth }),
  );
  if (sha256 !== truth) throw new Error(`${name} found other rows than the estate was made with`);
  return { wall: wallMs, cpu: cpuMs, rss: rssMb };
}
const readerScript = fileURLToPath(new URL('./lib/vsphere-reader.mjs', import.meta.url));
const [username, password] = account;
const ours = async () =>
  costOf('lunwarden', await read(process.execPath, [readerScript, simulator.url, username, password]));
const theirs = async () =>
  costOf('govmomi', await read(goref, ['-url', simulator.url, '-username', username, '-password', password]));

try {
  const { figures } = await compare({ a: ours, b: theirs, pairs: Number(values.pairs) });
  console.log(JSON.stringify({ bench: 'vsphere', case: `${values.fleet} (ours / govmomi; ms, MB)`, ...figures }));
  // On a small estate the memory is that of Node and Go themselves, and starting Node is most of the work.
  if (values.fleet !== 'S')
    judge('vsphere', [
      { name: 'C2 wall', value: figures.wall.ratio, goal: 1, atLeast: false },
      { name: 'P6 CPU', value: figures.cpu.ratio, goal: 0.5, atLeast: false },
      { name: 'C2 memory', value: figures.rss.ratio, goal: 0.5, atLeast: false },
    ]);
} finally {
  await simulator.stop();
}
