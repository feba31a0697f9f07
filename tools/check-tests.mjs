// Runs Vitest projects and says how many tests passed, failed and were skipped.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './install.mjs';

const cache = join(root, 'node_modules/.cache/lunwarden');

/**
 * @param {string[]} projects names in vitest.config.ts
 * @param {Record<string, string>} environment added for the tests
 * @returns {Promise<{passed: number, failed: number, skipped: number, skips: {file: string, name: string, note: string | null}[]}>}
 */
export async function runTests(projects, environment = {}) {
  mkdirSync(cache, { recursive: true });
  const file = join(cache, `tally-${process.pid}-${projects.join('-')}.json`);
  rmSync(file, { force: true });
  const code = await vitest(projects, { ...environment, LUNWARDEN_CHECK_TALLY: file });
  const tally = existsSync(file)
    ? JSON.parse(readFileSync(file, 'utf8'))
    : { passed: 0, failed: 0, skipped: 0, skips: [] };
  rmSync(file, { force: true });
  // Vitest's own judgement counts too: no tests found, a broken global set-up, a crash before the end.
  if (code !== 0 && tally.failed === 0) tally.failed = 1;
  if (tally.passed + tally.failed + tally.skipped === 0) tally.failed = 1;
  return tally;
}

function vitest(projects, environment) {
  const args = [join(root, 'node_modules/vitest/vitest.mjs'), 'run'];
  for (const project of projects) args.push('--project', project);
  args.push('--reporter=default', `--reporter=${join(root, 'tools/check-reporter.mjs')}`);
  const child = spawn(process.execPath, args, { cwd: root, env: { ...process.env, ...environment }, stdio: 'inherit' });
  return new Promise((resolve) => {
    child.on('error', () => resolve(1));
    child.on('close', (code) => resolve(code ?? 1));
  });
}
