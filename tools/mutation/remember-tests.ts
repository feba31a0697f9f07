import { setMaxListeners } from 'node:events';
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { afterEach, beforeEach, expect } from 'vitest';
import { failed, switches, tests } from './switches.js';

beforeEach(({ task, onTestFailed }) => {
  onTestFailed(() => void failed.push(task.fullTestName));
  // Each time that a test is asked again, one more listens for its end.
  setMaxListeners(0, task.context.signal);
  switches.currentTestId = task.id;
  switches.spec = task.file.filepath;
  tests.set(task.id, { task, ms: performance.now(), noticed: 0 });
});

afterEach(({ task }) => {
  switches.currentTestId = undefined;
  const test = tests.get(task.id);
  if (test !== undefined) test.ms = performance.now() - test.ms;
});

// Vitest's own belongs to the test that it believes to be running; here tests run again and again after their time.
expect.extend({
  toMatchFileSnapshot(received: string, path: string) {
    const pass = received === readFileSync(resolve(dirname(switches.spec), path), 'utf8');
    return { pass, message: () => `differs from ${path}` };
  },
});
