import { appendFileSync } from 'node:fs';
import { expect, inject, it, TestRunner } from 'vitest';
import { failed, switches, tests } from './switches.js';

/** Runs after all specs, in their process: their tests are asked again with one mutant after the other switched on. */
const { order, done, count, log } = inject('trial');
const report = (line: object): void => appendFileSync(log, `${JSON.stringify(line)}\n`);

/** Its name as instrumented code spells it (equal texts that are one object compare fastest), and whom it meets how often. */
type Reached = { mutant: string; ids: string[]; hits: number };

/** Mutants are reached by tests, or only while modules are loaded, or not at all. */
function coverage(): { byMutant: Map<string, Reached>; onLoad: Set<string> } {
  const { static: onLoad = {}, perTest = {} } = switches.mutantCoverage ?? {};
  const byMutant = new Map<string, Reached>();
  for (const [test, hits] of Object.entries(perTest))
    for (const [mutant, times] of Object.entries(hits)) {
      const known = byMutant.get(mutant) ?? { mutant, ids: [], hits: 0 };
      known.ids.push(test);
      known.hits += times;
      byMutant.set(mutant, known);
    }
  return { byMutant, onLoad: new Set(Object.keys(onLoad).filter((mutant) => !byMutant.has(mutant))) };
}

/** The name of the first test that fails; those go first that noticed most so far, and the quick ones before the slow. */
async function firstToFail(ids: Iterable<string>): Promise<string | null> {
  const chosen = [...ids].flatMap((id) => tests.get(id) ?? []).toSorted((a, b) => b.noticed - a.noticed || a.ms - b.ms);
  for (const test of chosen) {
    const { task } = test;
    switches.spec = task.file.filepath;
    switches.hitCount = 0;
    try {
      await TestRunner.getTestFn(task)();
    } catch {
      test.noticed += 1;
      return `${task.file.name} > ${task.name}`;
    }
  }
  return null;
}

async function verdict(reached: Reached | undefined): Promise<object> {
  if (reached === undefined) return { status: 'no coverage' };
  switches.activeMutant = reached.mutant;
  // An endless loop passes its mutant again and again; Stryker draws the line here too.
  switches.hitLimit = 100 * reached.hits;
  const by = await firstToFail(reached.ids);
  switches.activeMutant = undefined;
  if (by === null) return { status: 'survived' };
  return { status: (switches.hitCount ?? 0) > switches.hitLimit ? 'timeout' : 'killed', by };
}

it('asks the specs about each mutant', { timeout: 0 }, async () => {
  tests.delete(switches.currentTestId ?? '');
  switches.currentTestId = undefined;
  switches.isCounted = true;
  expect(failed).toEqual([]);
  const { byMutant, onLoad } = coverage();
  report({ pid: process.pid, tests: tests.size, onLoad: order.filter((mutant) => onLoad.has(mutant)) });
  const judged = new Set(done);
  const chosen = order.filter((mutant) => !onLoad.has(mutant)).slice(0, count);
  for (const mutant of chosen.filter((one) => !judged.has(one))) {
    report({ mutant, status: 'trying' });
    report({ mutant, ...(await verdict(byMutant.get(mutant))) });
  }
  switches.hitCount = undefined;
  // One that left something behind would have judged those after it.
  expect(await firstToFail(tests.keys())).toBe(null);
});
