import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { sourceFiles } from './imports.js';
import { laws, ringIn, textLaws } from './laws.js';
import { projectsOf } from './projects.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const broken = fileURLToPath(new URL('broken', import.meta.url));
const files = sourceFiles(root, projectsOf(root));
const breakers = sourceFiles(broken, projectsOf(broken));

describe('the laws of the house', () => {
  it('are read from all of the source', () => {
    expect(files.length).toBeGreaterThan(150);
    expect(files.flatMap((file) => file.imports).length).toBeGreaterThan(500);
  });

  it.each(laws)('$name', ({ isBrokenBy }) => {
    const violations = files.flatMap((file) =>
      file.imports.filter(isBrokenBy).map((one) => `${one.from} -> ${one.specifier}`),
    );
    expect(violations).toEqual([]);
  });

  it.each(textLaws)('$name', ({ isBrokenBy }) => {
    expect(files.filter(isBrokenBy).map((file) => file.path)).toEqual([]);
  });

  it('nothing-goes-in-circles', () => {
    expect(ringIn(files)).toBeNull();
  });
});

describe('the canary', () => {
  it.each(laws)('still sees a breach of $name', ({ isBrokenBy }) => {
    expect(breakers.flatMap((file) => file.imports).filter(isBrokenBy)).not.toEqual([]);
  });

  it.each(textLaws.filter((law) => !law.name.startsWith('files-stay')))(
    'still sees a breach of $name',
    ({ isBrokenBy }) => {
      expect(breakers.filter(isBrokenBy)).not.toEqual([]);
    },
  );

  it('still sees a ring', () => {
    expect(ringIn(breakers)).not.toBeNull();
  });
});

it('locks every optional platform package, so that a clone installs on each of them', () => {
  const lock: { packages: Record<string, { optionalDependencies?: Record<string, string> }> } = JSON.parse(
    readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8'),
  );
  const locked = new Set(Object.keys(lock.packages).map((path) => path.replace(/^.*node_modules\//, '')));
  const missing = Object.values(lock.packages).flatMap((one) =>
    Object.keys(one.optionalDependencies ?? {}).filter((name) => !locked.has(name)),
  );
  expect([...new Set(missing)]).toEqual([]);
});
