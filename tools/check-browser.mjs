// Finds a Chromium for the browser tests, or gets one.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { root, ToolError } from './install.mjs';

const onPath = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge-stable',
  'microsoft-edge',
];

const onMac = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];

const onWindows = ['Google/Chrome/Application/chrome.exe', 'Microsoft/Edge/Application/msedge.exe'];

/** @returns {Promise<{path: string, how: string} | {path: null, why: string}>} */
export async function ensureBrowser(say) {
  const found = named() ?? system() ?? (await downloaded());
  if (found !== null) return found;
  for (const [how, get] of [
    ['apt-get', byAptGet],
    ['Playwright', byPlaywright],
  ]) {
    if (!get(say)) continue;
    const got = system() ?? (await downloaded());
    if (got !== null) return { path: got.path, how: `installed by ${how}` };
  }
  return {
    path: null,
    why: 'no Chromium, Chrome or Edge was found and none could be installed: install one, or set LUNWARDEN_CHROMIUM to its path',
  };
}

// What somebody set by hand is used or complained about, never passed over.
function named() {
  for (const name of ['LUNWARDEN_CHROMIUM', 'CHROMIUM_PATH']) {
    const path = process.env[name];
    if (!path) continue;
    if (!isExecutable(path))
      throw new ToolError(`${name} is ${path}, which is no program: correct it, or unset it to let one be found.`);
    return { path, how: name };
  }
  return null;
}

function system() {
  const path = candidates().find((candidate) => isExecutable(candidate) && runs(candidate));
  return path === undefined ? null : { path, how: 'found' };
}

function candidates() {
  if (process.platform === 'darwin') return onMac;
  if (process.platform === 'win32') {
    const roots = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA']
      .map((name) => process.env[name])
      .filter(Boolean);
    return roots.flatMap((directory) => onWindows.map((file) => join(directory, file)));
  }
  const directories = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return onPath.flatMap((name) => directories.map((directory) => join(directory, name)));
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

// Ubuntu's `chromium-browser` may be a stub that only names a snap. On Windows `--version` would open a window.
function runs(path) {
  if (process.platform !== 'linux') return true;
  return spawnSync(path, ['--version'], { timeout: 20_000, stdio: 'ignore' }).status === 0;
}

async function downloaded() {
  const { chromium } = await import('playwright-core');
  const path = chromium.executablePath();
  return path && existsSync(path) ? { path, how: "from Playwright's cache" } : null;
}

function byAptGet(say) {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get') || !isDebian()) return false;
  say('No browser found: installing chromium by apt-get ...');
  const options = { stdio: 'ignore', timeout: 600_000, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  spawnSync('apt-get', ['update', '-q'], options);
  return spawnSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium'], options).status === 0;
}

function isDebian() {
  try {
    return /^(ID|ID_LIKE)=.*(debian|ubuntu)/m.test(readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return false;
  }
}

function byPlaywright(say) {
  say('No browser found: downloading Chromium by Playwright ...');
  const cli = join(root, 'node_modules/playwright-core/cli.js');
  return spawnSync(process.execPath, [cli, 'install', 'chromium'], { stdio: 'ignore', timeout: 600_000 }).status === 0;
}
