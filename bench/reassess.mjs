// P8 in the house: hosts judged again after a map change, while the event loop stays free for reports and readers.
// Usage: node bench/reassess.mjs [--hosts 300] [--luns 2000] [--vms 25] [--nth 1000] [--rounds 3] [--everyone 1] [--reporting 300]
//   --vms on each LUN; in each round a map with one VM more or less on every nth LUN, and then `everyone` times a vCenter
//   that comes, for which every host is judged again. Hosts beyond `reporting` are copies of those that report.
import { parseArgs } from 'node:util';
import { cpuOf, cpuOfTree } from './lib/cpu.mjs';
import { openHouse } from './lib/house.mjs';
import { machine } from './lib/machine.mjs';
import { mapOf, openMapWriter } from './lib/map-writer.mjs';
import { inParallel, judge } from './lib/pairs.mjs';
import { factsOf, reportText } from './lib/reports.mjs';
import { watchTurns } from './lib/turns.mjs';

const { values } = parseArgs({
  options: {
    hosts: { type: 'string', default: '300' },
    luns: { type: 'string', default: '2000' },
    vms: { type: 'string', default: '25' },
    nth: { type: 'string', default: '1000' },
    rounds: { type: 'string', default: '3' },
    everyone: { type: 'string', default: '1' },
    reporting: { type: 'string', default: '300' },
  },
});
const [hostCount, luns, vmsEach, nth, rounds, everyone, reporting] = [
  values.hosts,
  values.luns,
  values.vms,
  values.nth,
  values.rounds,
  values.everyone,
  values.reporting,
].map(Number);
const say = (line) => console.log(JSON.stringify({ bench: 'reassess', ...line }));

const house = await openHouse({ watchesLoop: true });
const database = house.database();
say({ ...machine(), hosts: hostCount, luns, vms: luns * vmsEach, nth, rounds, everyone });

await inParallel(
  32,
  Array.from({ length: Math.min(hostCount, reporting) }, (_, n) => n),
  async (n) => {
    const host = await house.enroll(`reassess-${n}`);
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${host.key}` };
    const status = await house.post(
      '/api/v1/reports',
      headers,
      Buffer.from(reportText(host, factsOf(n, 0, luns - 37))),
    );
    if (status !== 202) throw new Error(`a report was answered ${status}`);
  },
);

/** Hosts as if they had reported, too; who was never judged is judged by the next sweeps. */
const copiesText = `
  WITH made AS (
    SELECT host.id AS of, gen_random_uuid() AS id, host.hostname || '-' || n AS hostname
    FROM generate_series(1, ceil($1::int / $2::float)::int) AS n, host LIMIT $1
  ), hosts AS (
    INSERT INTO host (id, hostname, platform, install_id)
    SELECT made.id, made.hostname, platform, install_id FROM made JOIN host ON host.id = made.of
  ), reports AS (
    INSERT INTO report (host_id, report_id, received_at, observed_at, document, remembered)
    SELECT made.id, report_id, received_at, observed_at, document, remembered FROM made JOIN report ON report.host_id = made.of
  ), sightings AS (
    INSERT INTO sighting (host_id, lun_key, since, until)
    SELECT made.id, lun_key, since, until FROM made JOIN sighting ON sighting.host_id = made.of
  )
  INSERT INTO host_seen (host_id, last_seen_at, observed_at, boot_id, seq, content_hash, lun_keys_said, report_id)
  SELECT made.id, last_seen_at, observed_at, boot_id, seq, content_hash, lun_keys_said, report_id
  FROM made JOIN host_seen ON host_seen.host_id = made.of`;
async function copied() {
  await database.query(copiesText, [hostCount - reporting, reporting]);
  while ((await database.query('SELECT count(*)::int AS n FROM assessment')).rows[0].n < hostCount)
    await new Promise((resolve) => setTimeout(resolve, 1_000));
}

const one = async (text) => (await database.query(text)).rows[0].n;
const isWaiting = async () => (await one('SELECT count(*)::int AS n FROM map_change')) > 0;
/** Nobody answers at this address: what counts is that a vCenter came, which may mean something for every host. */
async function addVcenter(round) {
  const answer = await fetch(`${house.url}/api/v1/vcenters`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-lunwarden': '1', origin: house.url, cookie: house.cookie },
    body: JSON.stringify({
      name: `vcenter-${round}`,
      url: `http://127.0.0.1:${9 + round}`,
      username: 'reader@vsphere.local',
      password: 'unused',
      trust: { kind: 'loopback' },
    }),
  });
  if (!answer.ok) throw new Error(`the vCenter was refused: ${answer.status} ${await answer.text()}`);
}

const writer = await openMapWriter(house.databaseUrl);
const ownTurns = watchTurns();
const writing = [];
async function putMap(isMore) {
  const map = mapOf({ luns, vmsEach, nth: isMore ? nth : null });
  await new Promise((resolve) => setTimeout(resolve, 50));
  ownTurns();
  const lunKeys = await writer.put(map);
  writing.push(ownTurns());
  return { lunKeys };
}

const worst = [];
/** What one change of the maps costs until every host that it concerns is judged. */
async function measured(what, round, change) {
  await house.loopDelay();
  const before = { cpu: cpuOf(house.apiPid), postgres: cpuOfTree(house.postgresPid), at: performance.now() };
  const judgedAt = new Date().toISOString();
  const told = await change();
  while (await isWaiting()) await new Promise((resolve) => setTimeout(resolve, 20));
  const loop = await house.loopDelay();
  const judged = await one(`SELECT count(*)::int AS n FROM host_seen WHERE judged_at >= '${judgedAt}'`);
  say({
    what,
    round,
    ...told,
    judged,
    loop,
    seconds: Math.round(performance.now() - before.at) / 1000,
    apiMsPerHost: (cpuOf(house.apiPid) - before.cpu) / judged,
    postgresMsPerHost: (cpuOfTree(house.postgresPid) - before.postgres) / judged,
    load: machine().load,
  });
  if (round > 0) worst.push(loop.cpu);
}

// What the first maps cost the server is told and not judged: it still compiles.
await measured('first map', 0, () => putMap(false));
if (hostCount > reporting) await copied();
for (let round = 0; round <= rounds; round++) await measured('map', round, () => putMap(round % 2 === 0));
for (let round = 1; round <= everyone; round++) await measured('vCenter added', round, () => addVcenter(round));
say({ what: 'turns of the process that wrote the maps, CPU ms', first: writing[0], others: writing.slice(1) });
await writer.close();
await database.end();
await house.close();

judge('reassess', [
  { name: 'P8 longest turn of the event loop, CPU ms', value: Math.max(...worst), goal: 20, atLeast: false },
]);
