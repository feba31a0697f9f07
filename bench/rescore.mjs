// P8, P10: hosts scored anew after a LUN-map change, three modes each, against nothing but the join of LUNs to VMs.
// Usage: node bench/rescore.mjs [--pairs 7] [--hosts 10000] [--luns 38] [--datastores 2000] [--nth 1000]
//   A new VM on every nth datastore is the change: hosts that see one of those are given their reasons again.
import { isDeepStrictEqual, parseArgs } from 'node:util';
import {
  assess,
  defaultPolicy,
  Join,
  LunNumbers,
  numberedMap,
  prepare,
  rescorer,
  summarize,
  titled,
} from '@lunwarden/risk';
import { storyNow } from '@lunwarden/sample-fleet';
import { bareJoin, beside, datastoresOf, hostsOf, viewOf, withNewVms } from './lib/estate.mjs';
import { machine } from './lib/machine.mjs';
import { compare, judge, quantile } from './lib/pairs.mjs';

const { values } = parseArgs({
  options: {
    pairs: { type: 'string', default: '7' },
    hosts: { type: 'string', default: '10000' },
    luns: { type: 'string', default: '38' },
    datastores: { type: 'string', default: '2000' },
    nth: { type: 'string', default: '1000' },
  },
});
const [pairs, hostCount, width, datastoreCount, nth] = [
  values.pairs,
  values.hosts,
  values.luns,
  values.datastores,
  values.nth,
].map(Number);
const say = (line) => console.log(JSON.stringify({ bench: 'rescore', ...line }));
say({ ...machine(), pairs, hosts: hostCount, luns: width, datastores: datastoreCount, changed: `every ${nth}th` });

const datastores = datastoresOf(datastoreCount);
const cpuMs = () => (process.cpuUsage().user + process.cpuUsage().system) / 1000;
const measured = (work) => async () => {
  const [wall, cpu] = [performance.now(), cpuMs()];
  const checksum = work();
  return { wall: performance.now() - wall, cpu: cpuMs() - cpu, checksum };
};

// First, while the heap is that of a server and not that of a bench with a fleet of facts in it.
const [{ facts }] = hostsOf(1, { width, datastores });
const turns = 10_000;
for (let at = 0; at < turns; at++) summarize(facts, titled(assess(facts, storyNow)));
const wallOf = [];
const cpuOf = [];
for (let at = 0; at < turns; at++) {
  const [wall, used] = [performance.now(), cpuMs()];
  summarize(facts, titled(assess(facts, storyNow)));
  wallOf.push((performance.now() - wall) * 1000);
  cpuOf.push((cpuMs() - used) * 1000);
}
const spread = (samples) => ({
  p50: quantile(samples, 0.5),
  p90: quantile(samples, 0.9),
  p99: quantile(samples, 0.99),
});
say({ case: 'whole judgement of one host, microseconds', luns: width, wall: spread(wallOf), cpu: spread(cpuOf) });

const changed = withNewVms(datastores, nth);
const hosts = hostsOf(hostCount, { width, datastores });
const numbers = new LunNumbers();
const moment = { asOf: Date.parse(storyNow), policy: defaultPolicy };

const preparing = performance.now();
const prepared = hosts.map(({ facts }) => prepare(facts, storyNow, numbers));
say({ case: 'preparing a host once, microseconds', wall: ((performance.now() - preparing) * 1000) / hostCount });

const numbered = numberedMap(viewOf(changed), numbers);
const before = prepared.map(rescorer(numberedMap(viewOf(datastores), numbers), moment));
const join = new Join(numbered, moment);
const rescore = rescorer(numbered, moment);
const bare = bareJoin(changed, width);
const factsNow = new Map(hosts.map((host) => [host, beside(host, { width, datastores: changed })]));

const sum = (of) => prepared.reduce((total, host, at) => total + of(host, at), 0);
const differs = (a, b) => a.reach.vms !== b.reach.vms || a.score !== b.score || !isDeepStrictEqual(a.modes, b.modes);

const bareLeg = measured(() => hosts.reduce((total, host) => total + bare(host), 0));
const legs = {
  'join alone': () => sum((host) => join.of(host).vms),
  'join and scores of 3 modes': () => sum((host) => rescore(host).reach.vms),
  'join, scores, and reasons where a number moved': () =>
    sum((host, at) => {
      const now = rescore(host);
      if (now.reach.vms !== before[at].reach.vms)
        summarize(factsNow.get(hosts[at]), titled(assess(factsNow.get(hosts[at]), storyNow)));
      return now.reach.vms;
    }),
};

/** The scores are those of the whole judgement, on hosts from all over the fleet: else nothing below means anything. */
for (let at = 0; at < hostCount; at += Math.ceil(hostCount / 300)) {
  const whole = assess(factsNow.get(hosts[at]), storyNow);
  const lean = rescore(prepared[at]);
  const of = ({ score, low, level, modes }) =>
    JSON.stringify([score, low, level, modes.map((one) => [one.score, one.low, one.level, one.unmasked])]);
  if (of(lean) !== of(whole) || lean.reach.vms !== whole.exposure.vms)
    throw new Error(`host ${at}: the prepared form and the judgement disagree; the comparison is void`);
}
const moved = prepared.filter((host, at) => differs(rescore(host), before[at])).length;
say({ case: 'hosts whose numbers moved', hosts: moved });

const cpu = {};
for (const [name, work] of Object.entries(legs)) {
  const { figures } = await compare({ pairs, a: measured(work), b: bareLeg });
  const { checksum, ...times } = figures;
  if (checksum.ratio !== 1) throw new Error(`${name}: counts different VMs than the bare join; the comparison is void`);
  say({ case: `${name} (ours / bare join, ms)`, ...times });
  cpu[name] = times.cpu.ratio;
}
const built = await compare({
  pairs,
  a: measured(() => numberedMap(viewOf(changed), new LunNumbers()).ownVms.length),
  b: measured(() => bareJoin(changed, width) && changed.length),
});
say({ case: 'index of a new map, once for all hosts (ours / bare, ms)', ...built.figures });

const repeated = (work) =>
  measured(() => {
    for (let at = 0; at < turns; at++) work();
    return turns;
  });
const { figures: one } = await compare({
  pairs,
  a: repeated(() => rescore(prepared[0])),
  b: repeated(() => bare(hosts[0])),
});
say({ case: `numbers of one prepared host, ${turns} times (ours / bare join, ms)`, wall: one.wall, cpu: one.cpu });

const [, numbersAlone, withReasons] = Object.values(cpu);
judge('rescore', [
  { name: 'P8 numbers of all hosts against a bare join (CPU)', value: numbersAlone, goal: 2, atLeast: false },
  { name: 'P8 with the reasons of hosts that moved (CPU)', value: withReasons, goal: 2, atLeast: false },
  { name: 'P10 numbers of one host against a bare join (CPU)', value: one.cpu.ratio, goal: 5, atLeast: false },
  {
    name: 'P10 whole judgement of one host p99, CPU microseconds',
    value: quantile(cpuOf, 0.99),
    goal: 200,
    atLeast: false,
  },
]);
