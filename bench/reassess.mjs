// P8 in the house: every host judged again after a map change, while the event loop stays free for reports and readers.
// Usage: node bench/reassess.mjs [--hosts 300] [--rounds 3]
import { parseArgs } from 'node:util';
import { cpuOf, cpuOfTree } from './lib/cpu.mjs';
import { openHouse } from './lib/house.mjs';
import { machine } from './lib/machine.mjs';
import { judge, median } from './lib/pairs.mjs';
import { factsOf, reportText } from './lib/reports.mjs';

const { values } = parseArgs({
  options: { hosts: { type: 'string', default: '300' }, rounds: { type: 'string', default: '3' } },
});
const [hostCount, rounds] = [values.hosts, values.rounds].map(Number);
const say = (line) => console.log(JSON.stringify({ bench: 'reassess', ...line }));

const house = await openHouse({ watchesLoop: true });
const database = house.database();
say({ ...machine(), hosts: hostCount, rounds });
for (let n = 0; n < hostCount; n++) {
  const host = await house.enroll(`reassess-${n}`);
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${host.key}` };
  const status = await house.post('/api/v1/reports', headers, Buffer.from(reportText(host, factsOf(n, 0))));
  if (status !== 202) throw new Error(`a report was answered ${status}`);
}

const waiting = async () => (await database.query('SELECT count(*)::int AS n FROM map_change')).rows[0].n;
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

const figures = [];
for (let round = 0; round <= rounds; round++) {
  await house.loopDelay();
  const before = { cpu: cpuOf(house.apiPid), postgres: cpuOfTree(house.postgresPid), at: performance.now() };
  await addVcenter(round);
  while ((await waiting()) > 0) await new Promise((resolve) => setTimeout(resolve, 20));
  const wall = performance.now() - before.at;
  figures.push({
    ...(await house.loopDelay()),
    apiMsPerHost: (cpuOf(house.apiPid) - before.cpu) / hostCount,
    postgresMsPerHost: (cpuOfTree(house.postgresPid) - before.postgres) / hostCount,
    wallMsPerHost: wall / hostCount,
  });
  say({ round, ...figures.at(-1) });
}
await database.end();
await house.close();

// The first round still compiles.
const warm = figures.slice(1);
judge('reassess', [
  { name: 'P8 event loop held up at most, ms', value: median(warm.map(({ max }) => max)), goal: 20, atLeast: false },
]);
