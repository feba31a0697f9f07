import { readFileSync } from 'node:fs';
import { monitorEventLoopDelay, PerformanceObserver } from 'node:perf_hooks';

const ms = (nanoseconds) => Math.round(nanoseconds / 1e4) / 100;

/** CPU time of the main thread in nanoseconds (Linux; elsewhere NaN): unlike the clock it does not run while others compute. */
function ownCpu() {
  try {
    return Number(readFileSync('/proc/self/schedstat', 'latin1').split(' ')[0]);
  } catch {
    return Number.NaN;
  }
}

/**
 * Watches for how long this process holds up its event loop. Each call tells, in milliseconds since the one before:
 * `max` and `p99` by the clock, the longest turn in CPU time of the main thread, `cpu`, and the longest pause for garbage
 * by the clock, `gc`.
 */
export function watchTurns() {
  const delays = monitorEventLoopDelay({ resolution: 1 });
  delays.enable();
  let pause = 0;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) if (duration > pause) pause = duration;
  }).observe({ entryTypes: ['gc'] });
  // A timer that is due runs once a turn: what was computed between two of them is the longest turn, or less.
  let [before, longest] = [ownCpu(), 0];
  setInterval(() => {
    const now = ownCpu();
    if (now - before > longest) longest = now - before;
    before = now;
  }, 1).unref();
  return () => {
    const told = { p99: ms(delays.percentile(99)), max: ms(delays.max), cpu: ms(longest), gc: ms(pause * 1e6) };
    delays.reset();
    [longest, pause] = [0, 0];
    return told;
  };
}
