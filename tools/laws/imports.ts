import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, normalize } from 'node:path';
import { parseSync } from 'vite';
import type { Project } from './projects.js';

export type Import = {
  /** Importing file, from the root. */
  from: string;
  by: Project;
  /** What stands in the quotes. */
  specifier: string;
  to:
    | { kind: 'file'; path: string }
    | { kind: 'project'; name: string; path: string }
    | { kind: 'package'; name: string }
    | { kind: 'node' }
    | { kind: 'missing' };
  isTypeOnly: boolean;
};

export type SourceFile = { path: string; by: Project; text: string; imports: Import[] };

/** Reads every source file of the projects, specs included; built files and dependencies are left out. */
export function sourceFiles(root: string, projects: readonly Project[]): SourceFile[] {
  return projects.flatMap((by) =>
    walk(root, by.root).map((path) => {
      const text = readFileSync(join(root, path), 'utf8');
      return { path, by, text, imports: importsOf(root, path, by, text) };
    }),
  );
}

function walk(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory())
      return /^(node_modules|dist|dist-types|golden|samples)$/.test(entry.name) ? [] : walk(root, path);
    return /\.tsx?$/.test(entry.name) && !entry.name.endsWith('.d.ts') ? [path] : [];
  });
}

function importsOf(root: string, from: string, by: Project, text: string): Import[] {
  const { module, errors } = parseSync(from, text);
  if (errors.length > 0) throw new Error(`${from} cannot be read: ${errors[0]?.message}`);
  const found = [
    ...module.staticImports.map((one) => ({
      specifier: one.moduleRequest.value,
      isTypeOnly: one.entries.length > 0 && one.entries.every((entry) => entry.isType),
    })),
    ...module.staticExports.flatMap((one) =>
      one.entries.flatMap((entry) =>
        entry.moduleRequest ? [{ specifier: entry.moduleRequest.value, isTypeOnly: entry.isType }] : [],
      ),
    ),
    ...module.dynamicImports.flatMap((one) => {
      const quoted = /^(['"`])(.*)\1$/s.exec(text.slice(one.moduleRequest.start, one.moduleRequest.end));
      return quoted?.[2] === undefined ? [] : [{ specifier: quoted[2], isTypeOnly: false }];
    }),
  ];
  return found.map((one) => ({ ...one, from, by, to: target(root, from, one.specifier) }));
}

function target(root: string, from: string, specifier: string): Import['to'] {
  const bare = specifier.replace(/\?.*$/, '');
  if (bare.startsWith('.')) {
    const path = normalize(join(dirname(from), bare));
    const candidates = [path, path.replace(/\.js$/, '.ts'), path.replace(/\.js$/, '.tsx'), `${path}.ts`, `${path}.tsx`];
    const found = candidates.find((candidate) => /\.\w+$/.test(candidate) && existsSync(join(root, candidate)));
    return found === undefined ? { kind: 'missing' } : { kind: 'file', path: found };
  }
  if (isBuiltin(bare)) return { kind: 'node' };
  const parts = bare.split('/');
  const name = parts.slice(0, bare.startsWith('@') ? 2 : 1).join('/');
  if (!name.startsWith('@lunwarden/')) return { kind: 'package', name };
  return { kind: 'project', name: name.replace('@lunwarden/', ''), path: parts.slice(2).join('/') };
}
