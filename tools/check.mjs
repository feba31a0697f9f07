// `npm test`: everything that CI runs, cheap things first. Ends with one line: N passed, N failed, N skipped.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { runMany } from './build.mjs';
import { ensureBrowser } from './check-browser.mjs';
import { runTests } from './check-tests.mjs';
import { ensureVcsim } from './check-vcsim.mjs';
import { install, root, ToolError } from './install.mjs';

const isCi = /^(1|true)$/i.test(process.env.CI ?? '');
const say = (line) => process.stdout.write(`${line}\n`);
const total = { passed: 0, failed: 0, skipped: 0 };
/** What did not run, as sentences. */
const skips = [];
/** Handed to the tests. */
const environment = {};

/** A step that is no test run. Throws what is wrong. */
const steps = [
  ['install', async () => void (await install({ say }))],
  ['browser', browser],
  ['vcsim', vcsim],
  [
    'format and lint',
    () => tool('biome check', ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.']),
  ],
  ['laws', () => tests('laws')],
  ['type-check', () => nx('typecheck')],
  ['build', () => nx('build')],
  ['unit and dom tests', () => tests('unit', 'dom')],
  ['medium tests', () => tests('medium')],
  ['end-to-end tests', () => tests('e2e')],
];

async function browser() {
  const found = await ensureBrowser(say);
  if (found.path === null) return missing(`Browser tests: ${found.why}.`, isCi);
  say(`browser: ${found.path} (${found.how})`);
  environment.LUNWARDEN_CHROMIUM = found.path;
}

function vcsim() {
  const found = ensureVcsim(say);
  if (found.path === null) return missing(`vCenter tests: ${found.why}.`, isCi && found.hasGo);
  say(`vcsim: ${found.path} (${found.how})`);
  environment.LUNWARDEN_VCSIM = found.path;
}

function missing(sentence, isFailure) {
  if (isFailure) throw new ToolError(sentence);
  say(`SKIPPED  ${sentence}`);
  skips.push(sentence);
}

async function tests(...projects) {
  const tally = await runTests(projects, environment);
  for (const key of ['passed', 'failed', 'skipped']) total[key] += tally[key];
  const byReason = new Map();
  for (const { file, note } of tally.skips) {
    const reason = `${file}${note === null ? '' : `: ${note}`}`;
    byReason.set(reason, (byReason.get(reason) ?? 0) + 1);
  }
  for (const [reason, count] of byReason) skips.push(`${count} in ${reason}`);
  if (tally.failed > 0) throw new CountedFailure(`${tally.failed} failed`);
}

async function nx(target) {
  const { code, output } = await runMany(target);
  if (code !== 0) throw new ToolError(output);
}

function tool(name, args) {
  const child = spawn(
    process.execPath,
    args.map((arg, at) => (at === 0 ? join(root, arg) : arg)),
    { cwd: root, stdio: 'inherit' },
  );
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve() : reject(new ToolError(`${name} found something to mend.`))));
  });
}

/** Its tests are in the total already. */
class CountedFailure extends ToolError {}

async function main() {
  const begun = Date.now();
  const notRun = steps.map(([name]) => name);
  for (const [name, step] of steps) {
    const stepBegun = Date.now();
    say(`\n== ${name}`);
    notRun.shift();
    try {
      await step();
      say(`== ${name}: ok, ${seconds(stepBegun)} s`);
    } catch (error) {
      // A step that fails without tests is one failure, so that the last line never looks green.
      if (!(error instanceof CountedFailure)) total.failed++;
      say(`${error instanceof ToolError ? error.message : error.stack}\n== ${name}: FAILED, ${seconds(stepBegun)} s`);
      break;
    }
  }
  if (notRun.length > 0) say(`\nNot run after the failure: ${notRun.join(', ')}.`);
  if (total.passed === 0) total.failed = Math.max(total.failed, 1);
  if (skips.length > 0) say(`\nSkipped:\n${skips.map((line) => `  - ${line}`).join('\n')}`);
  say(`\nTook ${seconds(begun)} s.`);
  say(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
  process.exitCode = total.failed > 0 ? 1 : 0;
}

const seconds = (since) => ((Date.now() - since) / 1000).toFixed(1);

await main();
