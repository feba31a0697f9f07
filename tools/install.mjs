// Makes a fresh clone runnable. Node's own modules only, and syntax that an old Node can parse far enough to hear what is wrong.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** A failure whose message is one sentence with the next step; no stack is shown. */
export class ToolError extends Error {}

/** Vite and TypeORM need 20.19, or 22.12 on the 22 line. Gives a warning to print, or null. */
export function checkNode(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number);
  const isOldMinor = (major === 20 && minor < 19) || (major === 22 && minor < 12);
  if (major < 20 || major === 21 || isOldMinor) {
    throw new ToolError(`Node ${version} is too old: install Node 24 LTS (20.19 and 22.12 are the oldest that work).`);
  }
  if (major < 22) return `Node ${version} is past its end of life and gets no security fixes: move to Node 24 LTS.`;
  return null;
}

/**
 * True if node_modules holds what package-lock.json says. npm keeps its own account of what it unpacked and writes it last,
 * so an interrupted install has none. Optional packages of other platforms may be missing.
 */
export function isInstalled(directory = root) {
  const wanted = packagesOf(join(directory, 'package-lock.json'));
  const found = packagesOf(join(directory, 'node_modules/.package-lock.json'));
  if (wanted === null) throw new ToolError('package-lock.json is missing: clone the repository again.');
  if (found === null) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    if (!path.startsWith('node_modules/') && !path.includes('/node_modules/')) return true;
    const there = found[path];
    if (there === undefined) return entry.optional === true || entry.devOptional === true || entry.peer === true;
    return (entry.link === true || there.version === entry.version) && existsSync(join(directory, path));
  });
}

function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return null;
  }
}

/** Runs `npm ci` unless everything is there. Prints progress to stderr. */
export async function install({ say = (line) => process.stderr.write(`${line}\n`) } = {}) {
  const warning = checkNode();
  if (warning !== null) say(`Warning: ${warning}`);
  if (isInstalled()) return { didInstall: false };
  const begun = Date.now();
  const total = Object.keys(packagesOf(join(root, 'package-lock.json'))).length;
  say(`Installing about ${total} packages, once; this takes half a minute to a few minutes ...`);
  const beat = setInterval(() => say(`  still installing, ${seconds(begun)} s`), 10_000);
  const { code, output } = await npmCi().finally(() => clearInterval(beat));
  if (code !== 0) throw new ToolError(sentenceOf(output));
  say(`Installed in ${seconds(begun)} s.`);
  return { didInstall: true };
}

const seconds = (begun) => ((Date.now() - begun) / 1000).toFixed(0);

function npmCi() {
  // The npm that started us, where there is one: its location is certain also on Windows.
  const cli = process.env.npm_execpath;
  const isNpm = cli !== undefined && /npm-cli\.[cm]?js$/.test(cli);
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const child = isNpm
    ? spawn(process.execPath, [cli, ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    : spawn('npm', args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ code: 1, output: `${error.code} ${error.message}` }));
    child.on('close', (code) => resolve({ code: code === null ? 1 : code, output }));
  });
}

const causes = [
  [
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT/,
    'No network: npm cannot reach its registry; connect this machine (or set `npm config set registry` or `proxy`) and run the same command again.',
  ],
  [/ENOSPC/, 'No space left on the disk: free about 1 GB and run the same command again.'],
  [
    /EACCES|EPERM|EROFS/,
    'This directory is not writable for this user: change its owner, or clone into another directory.',
  ],
  [/ENOENT.*npm|spawn npm/, 'npm is not found: install Node 24 LTS, which brings npm.'],
  [/EUSAGE|in sync/, 'package.json and package-lock.json do not fit: run `npm install` once and commit the lock file.'],
  [/EINTEGRITY/, 'A package arrived damaged: run `npm cache verify` and then the same command again.'],
];

/** One sentence for what npm said, its own last lines where we know no better. */
export function sentenceOf(output) {
  const known = causes.find(([pattern]) => pattern.test(output));
  return known ? known[1] : `npm ci failed; its last words were:\n${output.trim().split('\n').slice(-15).join('\n')}`;
}

/** Runs a tool's main function: a ToolError is its sentence, anything else its stack. Exit code 1 either way. */
export async function runTool(main) {
  try {
    await main();
  } catch (error) {
    process.stderr.write(`${error instanceof ToolError ? error.message : error.stack}\n`);
    process.exitCode = 1;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await runTool(() => install());
