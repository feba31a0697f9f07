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
 * `max` and `p99` by the clock, and the longest turn in CPU time of the main thread, `cpu`, with what it took by the
 * clock, `wall`, and how much of that was a pause for garbage, `gc`.
 */
export function watchTurns() {
  const delays = monitorEventLoopDelay({ resolution: 1 });
  delays.enable();
  let pauses = [];
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) pauses.push([startTime, startTime + duration]);
  }).observe({ entryTypes: ['gc'] });
  let before = { cpu: ownCpu(), at: performance.now() };
  let longest = { cpu: 0, from: 0, to: 0 };
  // A timer that is due runs once a turn: what was computed between two of them is the longest turn, or less.
  setInterval(() => {
    const now = { cpu: ownCpu(), at: performance.now() };
    if (now.cpu - before.cpu > longest.cpu) longest = { cpu: now.cpu - before.cpu, from: before.at, to: now.at };
    before = now;
  }, 1).unref();
  return () => {
    const { cpu, from, to } = longest;
    const gc = pauses.reduce((sum, [start, end]) => sum + Math.max(0, Math.min(end, to) - Math.max(start, from)), 0);
    const told = {
      ...{ p99: ms(delays.percentile(99)), max: ms(delays.max), cpu: ms(cpu) },
      ...{ wall: ms((to - from) * 1e6), gc: ms(gc * 1e6) },
    };
    delays.reset();
    longest = { cpu: 0, from: 0, to: 0 };
    pauses = [];
    return told;
  };
}
