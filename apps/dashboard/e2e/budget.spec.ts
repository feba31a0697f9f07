import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';

/** What a visitor downloads, gzip: first screen, charts on top of it, style. */
const budget = { firstScript: 200_000, charts: 150_000, style: 45_000 };

type Chunk = { file: string; imports?: string[]; css?: string[]; isEntry?: boolean };

const dist = (path: string) => fileURLToPath(new URL(`../dist/${path}`, import.meta.url));
/** Throws where there is no build: a budget that looked at nothing would always hold. */
const manifest = (): Record<string, Chunk> => JSON.parse(readFileSync(dist('.vite/manifest.json'), 'utf8'));
const gzipped = (files: Iterable<string>) =>
  [...files].reduce((sum, file) => sum + gzipSync(readFileSync(dist(file)), { level: 6 }).length, 0);

/** The files that come with a chunk, its static imports included. */
function withImports(chunks: Record<string, Chunk>, name: string, found = new Set<string>()): Set<string> {
  const chunk = chunks[name];
  if (chunk === undefined || found.has(chunk.file)) return found;
  found.add(chunk.file);
  for (const other of chunk.imports ?? []) withImports(chunks, other, found);
  return found;
}

const chunkNamed = (chunks: Record<string, Chunk>, part: string): string => {
  const name = Object.keys(chunks).find((key) => key.includes(part));
  if (name === undefined) throw new Error(`The build has no chunk ${part}`);
  return name;
};

it('shows the first screen for at most 200 kB of script', () => {
  const chunks = manifest();
  const first = withImports(chunks, 'index.html');
  expect(first.size).toBeGreaterThan(0);
  const size = gzipped(first);
  console.info(`first script ${size} B gzip`);
  expect(size).toBeLessThanOrEqual(budget.firstScript);
});

it('fetches the charts only when one is shown, for at most 150 kB more', () => {
  const chunks = manifest();
  const first = withImports(chunks, 'index.html');
  const charts = [...withImports(chunks, chunkNamed(chunks, 'charts/level-trend'))].filter((file) => !first.has(file));
  expect(charts.length).toBeGreaterThan(0);
  const size = gzipped(charts);
  console.info(`charts ${size} B gzip`);
  expect(size).toBeGreaterThan(50_000);
  expect(size).toBeLessThanOrEqual(budget.charts);
});

it('needs at most 45 kB of style for all screens together', () => {
  const sheets = new Set(Object.values(manifest()).flatMap((chunk) => chunk.css ?? []));
  expect(sheets.size).toBeGreaterThan(0);
  const size = gzipped(sheets);
  console.info(`style ${size} B gzip`);
  expect(size).toBeLessThanOrEqual(budget.style);
});

it('puts nothing inline that `script-src self` and `style-src self` would refuse', () => {
  const page = readFileSync(dist('index.html'), 'utf8');
  expect(page).not.toMatch(/<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)/i);
  expect(page).not.toMatch(/https?:\/\//);
});
