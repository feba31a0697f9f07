import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const Manifest = z.object({
  name: z.string(),
  dependencies: z.record(z.string(), z.string()).default({}),
  devDependencies: z.record(z.string(), z.string()).default({}),
  optionalDependencies: z.record(z.string(), z.string()).default({}),
  nx: z.object({ tags: z.array(z.string()) }),
});

export type Project = {
  /** Folder below the root, e.g. `libs/risk`. */
  root: string;
  /** Last part of its name, e.g. `risk`. */
  name: string;
  layer: string;
  runtime: ReadonlySet<string>;
  development: ReadonlySet<string>;
};

/** Every project of the workspace; each says its layer once, as a tag in its package.json. */
export function projectsOf(root: string): Project[] {
  const folders = ['apps', 'libs'].flatMap((folder) => listed(join(root, folder)).map((name) => `${folder}/${name}`));
  return folders.map((folder) => projectOf(root, folder));
}

function projectOf(root: string, folder: string): Project {
  const manifest = Manifest.parse(JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')));
  const layers = manifest.nx.tags.filter((tag) => tag.startsWith('layer:'));
  const [layer] = layers;
  if (layer === undefined || layers.length > 1) throw new Error(`${folder} needs exactly one layer: tag`);
  return {
    root: folder,
    name: manifest.name.replace('@lunwarden/', ''),
    layer: layer.slice('layer:'.length),
    runtime: new Set([...Object.keys(manifest.dependencies), ...Object.keys(manifest.optionalDependencies)]),
    development: new Set(Object.keys(manifest.devDependencies)),
  };
}

const listed = (folder: string): string[] => {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
  } catch {
    return [];
  }
};
