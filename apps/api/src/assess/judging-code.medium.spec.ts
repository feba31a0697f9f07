import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type SourceFile, sourceFiles } from '../../../../tools/laws/imports.js';
import { projectsOf } from '../../../../tools/laws/projects.js';
import { codeIn, fingerprint, judgingCode } from './judging-code.js';

const root = resolve(import.meta.dirname, '../../../..');

/** Every file of the workspace that runs where this one runs, itself included. */
function reachedFrom(entry: string): string[] {
  const projects = projectsOf(root);
  const files = new Map(sourceFiles(root, projects).map((file) => [file.path, file]));
  const doors = new Map(projects.map((project) => [project.name, `${project.root}/src/index.ts`]));
  const next = ({ imports }: SourceFile): string[] =>
    imports.flatMap(({ to, isTypeOnly }) => {
      if (isTypeOnly) return [];
      if (to.kind === 'project') return doors.get(to.name) ?? [];
      return to.kind === 'file' ? to.path : [];
    });
  const reached = new Set([entry]);
  for (const path of reached) for (const one of next(files.get(path)!)) reached.add(one);
  return [...reached];
}

describe('the code that judges', () => {
  it('is all that runs when a verdict is made', () => {
    const reached = reachedFrom('apps/api/src/assess/assess.module.ts');
    expect(reached.length).toBeGreaterThan(300);
    expect(reached).toContain('libs/contract/src/lun-key.ts');
    const hashed = new Set(judgingCode().map(({ path }) => path));
    expect(reached.filter((path) => !hashed.has(join(root, path)))).toEqual([]);
  });

  it('is no spec', () => {
    expect(judgingCode().filter(({ name }) => name.includes('.spec.'))).toEqual([]);
  });
});

describe('what code says', () => {
  const folders: string[] = [];
  afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
  });

  /** Writes these files into a folder of their own. */
  function hashOf(files: Record<string, string>, writtenAt = new Date()): string {
    const folder = mkdtempSync(join(tmpdir(), 'judging-code-'));
    folders.push(folder);
    for (const [name, text] of Object.entries(files)) {
      const path = join(folder, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
      utimesSync(path, writtenAt, writtenAt);
    }
    return fingerprint(codeIn('lib', folder));
  }
  const files = { 'a.js': 'one', 'b/c.js': 'two', 'b-d.js': 'three' };
  const same = hashOf(files);

  it('is the same wherever it lies and whenever it was written', () => {
    expect(hashOf({ ...files, 'b/c.js': 'two' }, new Date(0))).toBe(same);
  });

  it.each([
    ['a text', { 'a.js': 'one more' }],
    ['a file', { 'e.js': '' }],
    ['where a text stands', { 'a.js': 'two', 'b/c.js': 'one' }],
    ['where a file ends', { 'a.js': 'onetwo', 'b/c.js': '' }],
  ])('is another when it differs in %s', (_, changes) => {
    expect(hashOf({ ...files, ...changes })).not.toBe(same);
  });

  it.each([
    ['specs', { 'a.spec.ts': 'it' }],
    ['types', { 'a.d.ts': 'type' }],
    ['maps of sources', { 'a.js.map': '{}' }],
    ['how lines end', { 'b/c.js': 'two\r' }],
  ])('is not about %s', (_, changes) => {
    expect(hashOf({ ...files, ...changes })).toBe(same);
  });
});
