import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Instrumenter } from '@stryker-mutator/instrumenter';

const source = 'libs/risk/src';
const silent = { debug() {}, info() {}, warn() {}, isDebugEnabled: () => false };

/**
 * All mutants that Stryker makes of libs/risk, and the sources with all of them inside: one is switched on at run time.
 * @returns {Promise<{sources: Map<string, string>, mutants: {id: string, file: string, place: string, original: string, replacement: string}[]}>}
 *   sources by absolute path; a mutant's file is relative to the root, its place is `line:column`
 */
export async function instrument() {
  const files = readdirSync(source, { recursive: true })
    .map((name) => join(source, name))
    .filter((name) => name.endsWith('.ts') && !/\.spec\.ts$|\/testing\//.test(name))
    .toSorted()
    .map((name) => ({ name, mutate: true, content: readFileSync(name, 'utf8') }));
  const options = { plugins: null, ignorers: [], excludedMutations: [] };
  const made = await new Instrumenter(silent).instrument(files, options);
  const lines = new Map(files.map(({ name, content }) => [name, content.split('\n')]));
  return {
    sources: new Map(made.files.map(({ name, content }) => [resolve(name), countedOnce(content)])),
    mutants: made.mutants.map(({ id, fileName: file, location: { start, end }, replacement }) => ({
      id,
      file,
      place: `${start.line + 1}:${start.column + 1}`,
      original: textBetween(lines.get(file) ?? [], start, end),
      replacement,
    })),
  };
}

/** Whom a test reaches is counted while the specs run for the first time; to count on would double what a mutant costs. */
function countedOnce(content) {
  const start = 'function cover() {';
  if (!content.includes('stryCov_')) return content;
  if (!content.includes(start))
    throw new Error('Instrumented code counts in another way than this version of Stryker did');
  return content.replace(start, `${start} if (ns.isCounted) return;`);
}

/** The same seed puts them into the same order again, and a change of one file does not shuffle the others. */
export function shuffled(mutants, seed) {
  const rank = ({ file, place, original, replacement }) =>
    createHash('sha256').update([seed, file, place, original, replacement].join('\n')).digest('hex');
  return mutants
    .map((mutant) => ({ mutant, rank: rank(mutant) }))
    .toSorted((a, b) => (a.rank < b.rank ? -1 : 1))
    .map(({ mutant }) => mutant);
}

/** Lines and columns count from 0. */
function textBetween(lines, start, end) {
  if (start.line === end.line) return lines[start.line].slice(start.column, end.column);
  const between = lines.slice(start.line + 1, end.line);
  return [lines[start.line].slice(start.column), ...between, lines[end.line].slice(0, end.column)].join('\n');
}
