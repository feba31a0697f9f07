// Imports of feeds over HTTP, as large as they are published: how long, and for how long nothing else got its turn.
// Usage: node bench/feeds.mjs [--scores 300000] [--bulletins 60000] [--pairs 2]
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { openHouse } from './lib/house.mjs';
import { judge } from './lib/pairs.mjs';

const { values } = parseArgs({
  options: {
    scores: { type: 'string', default: '300000' },
    bulletins: { type: 'string', default: '60000' },
    pairs: { type: 'string', default: '2' },
  },
});
const [scores, bulletins, pairs] = [values.scores, values.bulletins, values.pairs].map(Number);
const day = 86_400_000;
const started = Date.now() - 10 * day;
const dayAfter = (n) => new Date(started + n * day).toISOString();
const load = () => Math.round(loadavg()[0] * 10) / 10;

const cveAt = (n) => `CVE-${1999 + (n % 28)}-${10_000 + n}`;
/** Scores as FIRST spreads them: nearly all of them small. `round` moves every one of them a little. */
const scoreAt = (n, round) =>
  Math.min(0.99, (((n * 7_919) % 1_000) / 1_000) ** 6 + 0.0001 * ((n + round) % 7) + 0.0001);
const epss = (round) =>
  gzipSync(
    `#model_version:v2026.06.15,score_date:${dayAfter(round).slice(0, 19)}Z\ncve,epss,percentile\n${Array.from(
      { length: scores },
      (_, n) => `${cveAt(n)},${scoreAt(n, round).toFixed(5)},0.5\n`,
    ).join('')}`,
  );
const kev = (round) =>
  JSON.stringify({
    catalogVersion: `2026.${round}`,
    dateReleased: dayAfter(round),
    count: 1_400 + round,
    vulnerabilities: Array.from({ length: 1_400 + round }, (_, n) => ({
      cveID: cveAt(n),
      shortDescription: 'x'.repeat(700),
      dateAdded: '2024-10-17',
      dueDate: '2024-11-07',
      knownRansomwareCampaignUse: n % 5 === 0 ? 'Known' : 'Unknown',
    })),
  });
const products = ['2012', '2012 R2', '2016', '2019', '2022'].map((name) => `Windows Server ${name}`);
const catalogue = (round) =>
  gzipSync(
    `DatePosted,CVE,BulletinKB,Title,AffectedProduct,AffectedComponent,Severity,Impact,Supersedes,Exploits\n${Array.from(
      { length: bulletins },
      (_, n) => {
        const kb = 4_000_000 + Math.floor(n / 20);
        const row = [
          dayAfter(round).slice(0, 10),
          cveAt(n),
          kb,
          'A title, "quoted"',
          products[kb % 5],
          '',
          'Critical',
          'RCE',
          kb - 5,
          '',
        ];
        return `${row.map((text) => `"${String(text).replaceAll('"', '""')}"`).join(',')}\n`;
      },
    ).join('')}`,
  );

const house = await openHouse({ watchesLoop: true });
const pool = house.database();
console.log(
  JSON.stringify({
    bench: 'feeds',
    node: process.version,
    cores: cpus().length,
    load: load(),
    scores,
    bulletins,
    pairs,
  }),
);

async function send(kind, file) {
  const begun = performance.now();
  const answer = await fetch(`${house.url}/api/v1/feeds/${kind}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/octet-stream',
      'x-lunwarden': '1',
      origin: house.url,
      cookie: house.cookie,
    },
    body: file,
  });
  const body = await answer.json();
  if (body.result !== 'imported') throw new Error(`${kind} was not imported: ${JSON.stringify(body)}`);
  return { seconds: (performance.now() - begun) / 1_000, ...body };
}

/** The same rows into a bare table, an array a statement. */
async function bareInsert(round) {
  await pool.query('DROP TABLE IF EXISTS bare');
  await pool.query('CREATE TABLE bare (kind text, key text COLLATE "C", body jsonb, PRIMARY KEY (kind, key))');
  const rows = Array.from({ length: scores }, (_, n) => [cveAt(n), JSON.stringify({ epss: scoreAt(n, round) })]);
  const begun = performance.now();
  for (let at = 0; at < rows.length; at += 10_000) {
    const some = rows.slice(at, at + 10_000);
    await pool.query(`INSERT INTO bare SELECT 'epss', * FROM unnest($1::text[], $2::jsonb[])`, [
      some.map(([key]) => key),
      some.map(([, body]) => body),
    ]);
  }
  return (performance.now() - begun) / 1_000;
}

/** What a busy machine does to a process that does nothing. */
async function idle(seconds) {
  await house.loopDelay();
  await new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
  return house.loopDelay();
}

try {
  const worst = [];
  let ratio = Number.NaN;
  const files = { kev, epss, 'kb-catalogue': catalogue };
  let quiet = await idle(3);
  for (let round = 1; round <= pairs + 1; round++)
    for (const [kind, make] of Object.entries(files)) {
      const file = make(round);
      await house.loopDelay();
      const { seconds, changedEntries, entries } = await send(kind, file);
      const delay = await house.loopDelay();
      if (kind === 'epss' && round === 1) ratio = seconds / (await bareInsert(round));
      const after = await idle(1);
      if (after.cpu > quiet.cpu) quiet = after;
      console.log(
        JSON.stringify({
          bench: 'feeds',
          kind,
          round,
          seconds: Math.round(seconds * 100) / 100,
          entries,
          changedEntries,
          loop: delay,
          load: load(),
        }),
      );
      worst.push(delay.cpu);
    }
  console.log(JSON.stringify({ bench: 'feeds', case: 'event loop while nothing is imported, ms', ...quiet }));
  judge('feeds', [
    {
      name: 'longest turn of the event loop during an import, CPU ms',
      value: Math.max(...worst),
      goal: 20,
      atLeast: false,
    },
    { name: 'first EPSS import against a bare insert of its rows (wall)', value: ratio, goal: 3, atLeast: false },
  ]);
} finally {
  await pool.end();
  await house.close();
}
