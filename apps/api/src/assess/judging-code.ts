import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A file of code: where it lies, and how it is called wherever that is. */
export type CodeFile = { name: string; path: string };

const own = fileURLToPath(import.meta.url);
const { resolve } = createRequire(own);

/**
 * Whatever a verdict comes from: what a LUN is called, what is read of it, and what that means. Whole packages, because
 * one that looks harmless decides: another spelling of a key, and a host sees a LUN that it did not see before.
 */
const packages = ['contract', 'feeds', 'risk', 'store'] as const;
const parts = /^api\/(?:assess\/|feeds\/|findings\/|policy\/|clock\.|config\.)/;

/** The code that judges, built or not, as this process runs it. */
export const judgingCode = (): CodeFile[] => [
  ...packages.flatMap((name) => codeIn(name, dirname(resolve(`@lunwarden/${name}`)))),
  ...codeIn('api', dirname(dirname(own))).filter(({ name }) => parts.test(name)),
];

/** SHA-256, shortened, of what this code says. */
export function fingerprint(files: readonly CodeFile[]): string {
  const hash = createHash('sha256');
  for (const { name, path } of files) hash.update(`${name}\0${readFileSync(path, 'utf8').replaceAll('\r', '')}\0`);
  return hash.digest('hex').slice(0, 12);
}

/** The code in a folder, built or not, in an order that hangs on nothing but the names. */
export const codeIn = (name: string, folder: string): CodeFile[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.[jt]s$/.test(file) && !/\.(spec|d)\.ts$/.test(file))
    .map((file) => ({ name: `${name}/${file.replaceAll('\\', '/')}`, path: join(folder, file) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
