// Builds all projects through Nx; what did not change comes from its cache.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root, ToolError } from './install.mjs';

/** Environment for Nx: nothing outside the project, no background process, no questions. */
export const nxEnvironment = () => ({
  ...process.env,
  NX_DAEMON: 'false',
  NX_TUI: 'false',
  NX_NO_CLOUD: 'true',
  NX_NATIVE_FILE_CACHE_DIRECTORY: join(root, '.nx/native'),
});

/** Runs one Nx target in all projects. @returns {Promise<{code: number, output: string}>} */
export function runMany(target, onLine = () => {}) {
  const nx = join(root, 'node_modules/nx/dist/bin/nx.js');
  const args = [nx, 'run-many', '-t', target, '--output-style=static'];
  const child = spawn(process.execPath, args, { cwd: root, env: nxEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let rest = '';
  const hear = (chunk) => {
    output += chunk;
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line);
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ code: 1, output: error.message }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

export async function build({ say = (line) => process.stderr.write(`${line}\n`) } = {}) {
  const begun = Date.now();
  // A warm build says nothing but its time.
  let isSlow = false;
  const slow = setTimeout(() => {
    isSlow = true;
    say('Building; the first time takes about a minute ...');
  }, 3_000);
  const { code, output } = await runMany('build', (line) => {
    const project = /^> nx run (\S+):build/.exec(line)?.[1];
    if (isSlow && project !== undefined) say(`  ${project}`);
  }).finally(() => clearTimeout(slow));
  if (code !== 0) throw new ToolError(`${output}\nThe build failed; the first error above says where.`);
  say(`Built in ${((Date.now() - begun) / 1000).toFixed(1)} s.`);
}
