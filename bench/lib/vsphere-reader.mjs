// Readings of a vCenter in a process of its own: rows on standard output, what each cost on standard error.
// Usage: node bench/lib/vsphere-reader.mjs <url> <username> <password> <readings>
import { createHash } from 'node:crypto';
import { rowsOfMap } from '@lunwarden/sample-fleet';
import { collectLunMap } from '@lunwarden/vsphere';

const hour = 3_600_000;
const [url, username, password, readings] = process.argv.slice(2);
const cpuMs = () => {
  const { userCPUTime, systemCPUTime } = process.resourceUsage();
  return Math.round((userCPUTime + systemCPUTime) / 1000);
};

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
  return rowsOfMap(map);
}

let rows = [];
const costs = [];
for (let reading = 0; reading < Number(readings); reading++) {
  const before = cpuMs();
  const startedAt = performance.now();
  rows = await readOnce();
  costs.push({
    wallMs: Math.round(performance.now() - startedAt),
    cpuMs: cpuMs() - before,
    cpuFromStartMs: cpuMs(),
    rssMb: Math.round(process.resourceUsage().maxRSS / 1024),
  });
}
const text = `${rows.join('\n')}\n`;
process.stdout.write(text);
const sha256 = createHash('sha256').update(text).digest('hex');
console.error(JSON.stringify({ readings: costs, rows: rows.length, sha256 }));
