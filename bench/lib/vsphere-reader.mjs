// One reading of a vCenter in a process of its own: rows on standard output, what it cost on standard error.
// Usage: node bench/lib/vsphere-reader.mjs <url> <username> <password>
import { createHash } from 'node:crypto';
import { rowsOfMap } from '@lunwarden/sample-fleet';
import { collectLunMap } from '@lunwarden/vsphere';

const [url, username, password] = process.argv.slice(2);
const startedAt = performance.now();
const map = await collectLunMap({
  url: new URL(url).origin,
  username,
  password,
  trust: { kind: 'loopback' },
  details: true,
  now: () => new Date(),
});
const wallMs = performance.now() - startedAt;
if (!map.complete) throw new Error(`the map has ${map.gaps.length} gaps: the comparison would be void`);
const rows = rowsOfMap(map);
const text = `${rows.join('\n')}\n`;
process.stdout.write(text);
const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
console.error(
  JSON.stringify({
    wallMs: Math.round(wallMs),
    cpuMs: Math.round((userCPUTime + systemCPUTime) / 1000),
    rssMb: Math.round(maxRSS / 1024),
    rows: rows.length,
    sha256: createHash('sha256').update(text).digest('hex'),
  }),
);
