// All benches with small defaults: JSON lines out, 1 if a goal is missed, and at the end which.
// Usage: npm run build && npm run bench
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { endLater, endProcess } from './lib/left-behind.mjs';

const benches = [
  ['rescore', '--pairs', '3', '--hosts', '2000'],
  ['reassess', '--hosts', '200', '--rounds', '2'],
  ['ingest', '--pairs', '3', '--reports', '1000', '--hosts', '200'],
  ['broadcast', '--pairs', '2', '--frames', '10', '--stall-seconds', '8'],
  ['feeds', '--scores', '100000', '--bulletins', '20000', '--pairs', '1'],
  ['pixel', '--runs', '20', '--hosts', '142'],
];

const missed = [];
for (const [name, ...args] of benches) {
  const file = fileURLToPath(new URL(`./${name}.mjs`, import.meta.url));
  const child = spawn(process.execPath, [file, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const forget = endLater(() => endProcess(child.pid, 'SIGTERM'));
  const ended = new Promise((resolve) => child.once('exit', resolve));
  let judged = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    console.log(line);
    const { goal, met, skipped } = JSON.parse(line);
    if (goal !== undefined) judged++;
    if (met === false) missed.push(goal);
    if (skipped !== undefined) missed.push(`${name} was skipped: ${skipped}`);
  }
  const code = await ended;
  forget();
  if (judged === 0 && code !== 0) missed.push(`${name} broke off (${code})`);
}
console.log(JSON.stringify({ bench: 'all', met: missed.length === 0, missed }));
process.exitCode = missed.length === 0 ? 0 : 1;
