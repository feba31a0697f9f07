import { setImmediate as nextTurn } from 'node:timers';
import { setImmediate } from 'node:timers/promises';

/** So long all slices of one turn may hold up the reports and readers that wait behind them, at most by one item more. */
const mostMs = 5;

/** When the first slice of this turn began; null = there was none yet. */
let began: number | null = null;

function isOver(): boolean {
  if (began === null) {
    began = performance.now();
    nextTurn(() => {
      began = null;
    });
  }
  return performance.now() - began >= mostMs;
}

/** Does the work of many items in slices; in between, whoever waits gets a turn. Few and light ones are done at once. */
export async function inSlices<T, R>(items: readonly T[], work: (item: T) => R): Promise<R[]> {
  const done: R[] = [];
  for (const item of items) {
    while (isOver()) await setImmediate();
    done.push(work(item));
  }
  return done;
}
