import { setTimeout as sleep } from 'node:timers/promises';

export type Repeating = {
  /** No further round begins; resolves when the one under way has ended. */
  stop(): Promise<void>;
};

/**
 * Does `work` again and again, one round at a time, with a pause of `pauseMs` give or take a fifth so that replicas
 * do not march in step. A round that throws is told to `onError` and the next one comes all the same.
 */
export function repeat(pauseMs: number, work: () => Promise<void>, onError: (error: unknown) => void): Repeating {
  const stopped = new AbortController();
  const run = async (): Promise<void> => {
    while (!stopped.signal.aborted) {
      await work().catch(onError);
      const pause = pauseMs * (0.8 + 0.4 * Math.random());
      await sleep(pause, undefined, { signal: stopped.signal, ref: false }).catch(() => undefined);
    }
  };
  const ended = run();
  return {
    stop: () => {
      stopped.abort();
      return ended;
    },
  };
}
