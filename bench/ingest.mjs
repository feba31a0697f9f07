// P1, P2: a report taken in, durable and judged, against a bare JSONB insert of the same text on the same database.
// Usage: node bench/ingest.mjs [--pairs 7] [--reports 2000] [--hosts 500]
// A profile of the API: BENCH_NODE_ARGS="--cpu-prof --cpu-prof-dir=DIR" node bench/ingest.mjs --pairs 2
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { cpuOf, cpuOfTree } from './lib/cpu.mjs';
import { openHouse } from './lib/house.mjs';
import { compare, inParallel, judge } from './lib/pairs.mjs';
import { factsOf, reportText } from './lib/reports.mjs';

const { values } = parseArgs({
  options: {
    pairs: { type: 'string', default: '7' },
    reports: { type: 'string', default: '2000' },
    hosts: { type: 'string', default: '500' },
  },
});
const [pairs, reports, hostCount] = [values.pairs, values.reports, values.hosts].map(Number);

const house = await openHouse();
const database = house.database();
await database.query('CREATE TABLE bench_bare (id bigserial PRIMARY KEY, body jsonb NOT NULL)');
const settings = await database.query(
  `SELECT name, setting FROM pg_settings WHERE name IN ('fsync', 'synchronous_commit', 'full_page_writes')`,
);
if (settings.rows.some(({ setting }) => setting !== 'on'))
  throw new Error('this database is not durable: the comparison would be void');
// Once, and not before each leg: a checkpoint makes the first write to each page log the whole page, which in a leg of
// seconds would weigh more than all the reports.
await database.query('CHECKPOINT');
const hosts = [];
for (let n = 0; n < hostCount; n++) hosts.push(await house.enroll(`bench-${n}`));
console.log(
  JSON.stringify({
    bench: 'ingest',
    node: process.version,
    cores: cpus().length,
    load: loadavg()[0],
    pairs,
    reports,
    hosts: hostCount,
    bytes: reportText(hosts[0], factsOf(0, 1)).length,
  }),
);

const walBytes = async () =>
  Number((await database.query(`SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn AS n`)).rows[0].n);

const commits = async () =>
  Number(
    (await database.query('SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()')).rows[0]
      .xact_commit,
  );

/** Wall and CPU milliseconds (all, and PostgreSQL's part), WAL bytes, and transactions, each per report. */
async function measured(count, own, work) {
  const before = {
    wall: performance.now(),
    own: own(),
    postgres: cpuOfTree(house.postgresPid),
    wal: await walBytes(),
    commits: await commits(),
  };
  await work();
  const wall = performance.now() - before.wall;
  const postgres = cpuOfTree(house.postgresPid) - before.postgres;
  const cpu = own() - before.own + postgres;
  const wal = (await walBytes()) - before.wal;
  // Sessions tell what they did once a second at most.
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  const transactions = (await commits()) - before.commits;
  return {
    wall: wall / count,
    cpu: cpu / count,
    postgres: postgres / count,
    wal: wal / count,
    commits: transactions / count,
  };
}

const batch = (turnOf) =>
  Array.from({ length: reports }, (_, n) => {
    const at = n % hosts.length;
    return { host: hosts[at], facts: factsOf(at, turnOf(Math.floor(n / hosts.length))) };
  });

async function ours(items) {
  // Texts are made before the clock starts; several reports of one host go out in the order of their numbers.
  const rounds = [];
  for (let n = 0; n < items.length; n += hosts.length)
    rounds.push(
      items.slice(n, n + hosts.length).map(({ host, facts }) => ({ host, body: Buffer.from(reportText(host, facts)) })),
    );
  return measured(
    items.length,
    () => cpuOf(house.apiPid),
    async () => {
      for (const round of rounds)
        await inParallel(64, round, async ({ host, body }) => {
          const status = await house.post(
            '/api/v1/reports',
            { authorization: `Bearer ${host.key}`, 'content-type': 'application/json' },
            body,
          );
          if (status !== 202) throw new Error(`a report was answered ${status}`);
        });
    },
  );
}

const own = () => process.cpuUsage().user / 1000 + process.cpuUsage().system / 1000;
async function bare(items) {
  const texts = items.map(({ host, facts }) => reportText(host, facts));
  return measured(items.length, own, () =>
    inParallel(4, texts, (text) => database.query('INSERT INTO bench_bare (body) VALUES ($1)', [text])),
  );
}

let turn = 1;
const changed = await compare({ pairs, a: () => ours(batch(() => turn++)), b: () => bare(batch(() => turn++)) });
console.log(
  JSON.stringify({
    bench: 'ingest',
    case: 'one LUN changed (ours / bare insert, per report: ms, ms, bytes)',
    ...changed,
  }),
);
const last = turn++;
await ours(batch(() => last));
const unchanged = await compare({ pairs, a: () => ours(batch(() => last)), b: () => bare(batch(() => last)) });
console.log(JSON.stringify({ bench: 'ingest', case: 'unchanged', ...unchanged }));

const count = async (text) => Number((await database.query(text)).rows[0].count);
const receipts = await count('SELECT count(*) FROM report_receipt');
const expected = reports * (2 * (pairs + 1) + 1);
if (receipts !== expected) throw new Error(`${expected} reports were acknowledged, ${receipts} are stored`);
const documents = await count('SELECT count(*) FROM report');
// Every report of the first half, and at most the first of each host in the second: it may repeat what was in force.
const changedReports = reports * (pairs + 1);
if (documents < changedReports)
  throw new Error(`${changedReports} reports changed, ${documents} documents are stored: the comparison would be void`);
judge('ingest', [
  { name: 'P1 wall: rate against bare insert', value: 1 / changed.figures.wall.ratio, goal: 0.85, atLeast: true },
  { name: 'P1 CPU: bare / ours', value: 1 / changed.figures.cpu.ratio, goal: 0.75, atLeast: true },
  { name: 'P1 WAL: ours / bare', value: changed.figures.wal.ratio, goal: 1.3, atLeast: false },
  { name: 'P2 wall: rate against bare insert', value: 1 / unchanged.figures.wall.ratio, goal: 4.5, atLeast: true },
  { name: 'P2 CPU: bare / ours', value: 1 / unchanged.figures.cpu.ratio, goal: 5, atLeast: true },
  { name: 'P2 WAL bytes a report', value: unchanged.figures.wal.ours, goal: 200, atLeast: false },
  {
    name: 'P2 document rows of unchanged reports',
    value: documents - changedReports,
    goal: hosts.length,
    atLeast: false,
  },
]);
await database.end();
await house.close();
