// P8, P10: hosts judged anew after a LUN-map change, three modes each, against nothing but the join of LUNs to VMs.
// Usage: node bench/rescore.mjs [--pairs 3] [--hosts 10000] [--luns 38] [--datastores 2000]
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { assess, summarize } from '@lunwarden/risk';
import { storyNow } from '@lunwarden/sample-fleet';
import { datastoresOf, hostAt } from './lib/estate.mjs';
import { compare, judge, quantile } from './lib/pairs.mjs';

const { values } = parseArgs({
  options: {
    pairs: { type: 'string', default: '3' },
    hosts: { type: 'string', default: '10000' },
    luns: { type: 'string', default: '38' },
    datastores: { type: 'string', default: '2000' },
  },
});
const [pairs, hostCount, width, datastoreCount] = [values.pairs, values.hosts, values.luns, values.datastores].map(
  Number,
);

const datastores = datastoresOf(datastoreCount);
const hosts = Array.from({ length: hostCount }, (_, at) => hostAt(at, { width, datastores }));
console.log(
  JSON.stringify({
    bench: 'rescore',
    node: process.version,
    cores: cpus().length,
    load: loadavg()[0],
    pairs,
    hosts: hostCount,
    luns: width,
  }),
);

/** The same question and nothing else: numbers for names, arrays for maps, a stamp for a set. */
function internedJoin() {
  const numbers = new Map();
  const starts = new Int32Array(datastores.length + 1);
  const vms = [];
  datastores.forEach(({ vmIds }, at) => {
    for (const vm of vmIds) {
      if (!numbers.has(vm)) numbers.set(vm, numbers.size);
      vms.push(numbers.get(vm));
    }
    starts[at + 1] = vms.length;
  });
  const list = Int32Array.from(vms);
  const stamps = new Int32Array(numbers.size).fill(-1);
  return (host, at) => {
    let distinct = 0;
    for (let lun = host.first; lun < host.first + width; lun++)
      for (let n = starts[lun]; n < starts[lun + 1]; n++)
        if (stamps[list[n]] !== at) {
          stamps[list[n]] = at;
          distinct++;
        }
    return distinct;
  };
}

const join = internedJoin();
let turn = 0;
const cpuMs = () => (process.cpuUsage().user + process.cpuUsage().system) / 1000;
async function measured(work) {
  const [wall, cpu] = [performance.now(), cpuMs()];
  const checksum = work();
  return { wall: performance.now() - wall, cpu: cpuMs() - cpu, checksum };
}
const ours = () =>
  measured(() => hosts.reduce((sum, { facts }) => sum + summarize(facts, assess(facts, storyNow)).vms, 0));
const bare = () =>
  measured(() => {
    turn++;
    return hosts.reduce((sum, host, at) => sum + join(host, turn * hosts.length + at), 0);
  });

const { figures } = await compare({ pairs, a: ours, b: bare });
const { checksum, ...times } = figures;
console.log(
  JSON.stringify({ bench: 'rescore', case: `${hostCount} hosts x 3 modes (ours / bare join, ms)`, ...times }),
);
if (checksum.ratio !== 1)
  throw new Error('the judgement and the bare join count different VMs: the comparison is void');

const one = hosts[0].facts;
const samples = Array.from({ length: 5000 }, () => {
  const at = performance.now();
  summarize(one, assess(one, storyNow));
  return (performance.now() - at) * 1000;
});
console.log(
  JSON.stringify({
    bench: 'rescore',
    case: 'one host, microseconds',
    p50: quantile(samples, 0.5),
    p90: quantile(samples, 0.9),
    p99: quantile(samples, 0.99),
  }),
);

judge('rescore', [
  { name: 'P8 full judgement against a bare join (CPU)', value: times.cpu.ratio, goal: 2, atLeast: false },
  { name: 'P10 one host p99, microseconds', value: quantile(samples, 0.99), goal: 200, atLeast: false },
]);
