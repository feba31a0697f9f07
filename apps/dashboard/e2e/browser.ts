import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

/** Where Chromium may be, the operator's word first. */
const named = ['LUNWARDEN_CHROMIUM', 'CHROMIUM_PATH'] as const;
const commands = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  'C:\\Program Files\\Microsoft\\Edge\\Application\\msedge.exe',
];
/** Headless, and silent: no update, no sync, no first-run page asks anything of the network. */
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Path of a browser of the Chromium family; null = this machine has none. A path that the operator named must exist. */
export function findChromium(environment: NodeJS.ProcessEnv = process.env): string | null {
  for (const name of named) {
    const path = environment[name];
    if (!path) continue;
    if (!isExecutable(path)) throw new Error(`${name} is ${path}, and there is no program.`);
    return path;
  }
  const onPath = (environment.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => commands.map((name) => join(folder, name)));
  return [...onPath, ...places, chromium.executablePath()].find(isExecutable) ?? null;
}

/**
 * A headless browser, or null after saying loudly that the browser checks are skipped. In CI there is no excuse.
 * Close it when done.
 */
export async function launchBrowser(environment: NodeJS.ProcessEnv = process.env): Promise<Browser | null> {
  const executablePath = findChromium(environment);
  if (executablePath === null) {
    const text = 'No Chromium: set LUNWARDEN_CHROMIUM to one. The browser checks are SKIPPED.';
    if (environment.CI) throw new Error(text);
    console.warn(text);
    return null;
  }
  return chromium.launch({ executablePath, headless: true, args: flags });
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
