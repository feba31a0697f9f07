// Loaded into the API by `--import`: on SIGUSR2 it writes how long the event loop was held up since the last time, and starts anew.
import { readFileSync, writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

const delays = monitorEventLoopDelay({ resolution: 1 });
delays.enable();
const ms = (nanoseconds) => Math.round(nanoseconds / 1e4) / 100;

/** CPU time of this thread in nanoseconds (Linux; elsewhere NaN): unlike the clock it does not run while others compute. */
function ownCpu() {
  try {
    return Number(readFileSync('/proc/self/schedstat', 'latin1').split(' ')[0]);
  } catch {
    return Number.NaN;
  }
}

// A timer that is due runs once a turn: what was computed between two of them is the longest turn, or less.
let [before, longest] = [ownCpu(), 0];
setInterval(() => {
  const now = ownCpu();
  if (now - before > longest) longest = now - before;
  before = now;
}, 1).unref();

process.on('SIGUSR2', () => {
  const told = { p99: ms(delays.percentile(99)), max: ms(delays.max), cpu: ms(longest) };
  writeFileSync(process.env.BENCH_LOOP_FILE, JSON.stringify(told));
  delays.reset();
  longest = 0;
});
