// Loaded into the API by `--import`: on SIGUSR2 it writes how long the event loop was held up since the last time, and starts anew.
import { writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

const delays = monitorEventLoopDelay({ resolution: 1 });
delays.enable();
process.on('SIGUSR2', () => {
  const ms = (nanoseconds) => Math.round(nanoseconds / 1e4) / 100;
  writeFileSync(process.env.BENCH_LOOP_FILE, JSON.stringify({ p99: ms(delays.percentile(99)), max: ms(delays.max) }));
  delays.reset();
});
