// Readings of a vCenter in a process of its own: rows on standard output, what each cost on standard error.
// Usage: node bench/lib/vsphere-reader.mjs <url> <username> <password> <readings> [<file for the last map>]
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { rowsOfMap } from '@lunwarden/sample-fleet';
import { collectLunMap } from '@lunwarden/vsphere';

const hour = 3_600_000;
const [url, username, password, readings, mapFile] = process.argv.slice(2);
const cpuMs = () => {
  const { userCPUTime, systemCPUTime } = process.resourceUsage();
  return Math.round((userCPUTime + systemCPUTime) / 1000);
};

const mostMb = () => Math.round(process.resourceUsage().maxRSS / 1024);
const startMb = mostMb();

async function readOnce() {
  const map = await collectLunMap({
    url: new URL(url).origin,
    username,
    password,
    trust: { kind: 'loopback' },
    details: true,
    now: () => new Date(),
    // The simulator gathers all objects of a type before it sends the first page: minutes at L on a busy machine.
    deadlineMs: 2 * hour,
    timeouts: { firstByteMs: hour, idleMs: hour },
  });
  if (!map.complete) throw new Error(`the map has ${map.gaps.length} gaps: the comparison would be void`);
  return { map, rows: rowsOfMap(map) };
}

let [map, rows] = [null, []];
const costs = [];
for (let reading = 0; reading < Number(readings); reading++) {
  const before = cpuMs();
  const startedAt = performance.now();
  ({ map, rows } = await readOnce());
  costs.push({
    wallMs: Math.round(performance.now() - startedAt),
    cpuMs: cpuMs() - before,
    cpuFromStartMs: cpuMs(),
    rssMb: mostMb(),
  });
}
const text = `${rows.join('\n')}\n`;
process.stdout.write(text);
const sha256 = createHash('sha256').update(text).digest('hex');
if (mapFile !== undefined) writeFileSync(mapFile, JSON.stringify(map));
console.error(JSON.stringify({ startMb, readings: costs, rows: rows.length, sha256 }));
