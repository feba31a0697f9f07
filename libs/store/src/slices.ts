import { setImmediate } from 'node:timers/promises';

/** So long a slice may hold up the reports and readers that wait behind it, at most by one item more. */
const mostMs = 5;

/** Does the work of many items in slices; in between, whoever waits gets a turn. Few and light ones are done at once. */
export async function inSlices<T, R>(items: readonly T[], work: (item: T) => R): Promise<R[]> {
  const done: R[] = [];
  let began = performance.now();
  for (const item of items) {
    done.push(work(item));
    if (performance.now() - began < mostMs) continue;
    await setImmediate();
    began = performance.now();
  }
  return done;
}
