import { setImmediate } from 'node:timers';

/** So long all slices of one turn may hold up the reports and readers that wait behind them, at most by one item more. */
const mostMs = 5;

/** When the first slice of this turn began; null = there was none yet. While it is set, the next turn is on its way. */
let began: number | null = null;

/** Who waits for a turn. The head goes on next; who used a turn up goes to the tail, so that nobody waits for all of another's work. */
const waiting: (() => void)[] = [];

const isOver = (): boolean => performance.now() - startOfTurn() >= mostMs;

function startOfTurn(): number {
  if (began === null) {
    began = performance.now();
    setImmediate(() => {
      began = null;
      resumeNext();
    });
  }
  return began;
}

function resumeNext(): void {
  const resume = waiting.shift();
  if (resume === undefined) return;
  startOfTurn();
  resume();
}

/**
 * Does the work of many items in slices; in between, whoever waits gets a turn. Few and light ones are done at once: the
 * first item never waits, so what is read in one row is not held up by a map of a hundred thousand.
 */
export async function inSlices<T, R>(items: readonly T[], work: (item: T) => R): Promise<R[]> {
  const done: R[] = [];
  try {
    for (const item of items) {
      if (isOver() && done.length > 0) await new Promise<void>((resolve) => void waiting.push(resolve));
      done.push(work(item));
    }
    return done;
  } finally {
    if (!isOver()) resumeNext();
  }
}
