// `npm run mutation:sample -- --sample 1500 --seed 1`: how many of so many mutants of libs/risk, drawn from all of them,
// the unit specs notice. `--only libs/risk/src/gate` draws from those alone.
import { existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startVitest } from 'vitest/node';
import { instrument, shuffled } from './mutants.mjs';
import { results } from './results.mjs';

/** Silence that no survivor needs, not even on a busy machine: an endless loop that passes its mutant only once. */
const silenceMs = 180_000;
const log = resolve('var/mutation/sample.jsonl');

const { values } = parseArgs({
  options: {
    sample: { type: 'string', default: '1500' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
  },
});
const { sources, mutants } = await instrument();
const population = mutants.filter(({ file }) => file.startsWith(values.only));
const order = shuffled(population, values.seed).map(({ id }) => id);
mkdirSync(dirname(log), { recursive: true });
rmSync(log, { force: true });

const found = new Map();
let onLoad = null;
for (;;) {
  const isOver = await round();
  for (const line of lines()) {
    if (line.onLoad !== undefined) onLoad = line.onLoad.length;
    else found.set(line.mutant, line);
  }
  const stuck = [...found.values()].find(({ status }) => status === 'trying');
  if (stuck !== undefined) stuck.status = 'timeout';
  else if (isOver) break;
  else throw new Error('The specs failed without a mutant: mend them first (npm run unit).');
  rmSync(log, { force: true });
}
process.stdout.write(results({ mutants, found, onLoad, population: population.length, seed: values.seed }));

/** One process: all specs, then one mutant after the other until all are judged or one does not end. */
async function round() {
  const watch = setInterval(endSilence, 5_000);
  const vitest = await startVitest(
    'test',
    [],
    {
      config: 'tools/mutation/vitest.config.ts',
      watch: false,
      pool: 'forks',
      maxWorkers: 1,
      include: ['libs/risk/src/**/*.spec.ts', 'tools/mutation/each-mutant.ts'],
      setupFiles: ['./tools/mutation/few-cases.ts', './tools/mutation/remember-tests.ts'],
      reporters: [{}],
      silent: true,
      provide: { trial: { order, done: [...found.keys()], count: Number(values.sample), log } },
    },
    { plugins: [{ name: 'mutants', enforce: 'pre', load: (id) => sources.get(id.split('?')[0]) }] },
  );
  clearInterval(watch);
  await vitest.close();
  const files = vitest.state.getTestModules();
  process.exitCode = 0;
  return files.length > 0 && files.every((file) => file.state() === 'passed');
}

function lines() {
  return existsSync(log)
    ? readFileSync(log, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line))
    : [];
}

function endSilence() {
  if (!existsSync(log)) return;
  const [{ pid }] = lines();
  if (Date.now() - statSync(log).mtimeMs > silenceMs) process.kill(pid, 'SIGKILL');
}
