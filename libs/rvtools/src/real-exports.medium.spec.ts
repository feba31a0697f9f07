import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { LunMap } from '@lunwarden/contract';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packed, workbookFiles } from '../testing/pack-export.js';

const folder = join(
  process.env.LUNWARDEN_TEST_DATA ?? fileURLToPath(new URL('../../../../shared/data', import.meta.url)),
  'rvtools',
);
const isAbsent = !existsSync(folder);
if (isAbsent)
  console.warn(`SKIPPED: real RVTools exports are not at ${folder} (LUNWARDEN_TEST_DATA names the data folder)`);

const run = promisify(execFile);
type Read = {
  before: number;
  after: number;
  counts: LunMap['counts'];
  gaps: LunMap['gaps'];
  collectedAt: string;
  by: string;
};

describe('an export', () => {
  let bundle: string;

  beforeAll(async () => {
    // Inside the project, where the bundle finds the packages that it leaves outside.
    bundle = await mkdtemp(fileURLToPath(new URL('../../../node_modules/.cache-rvtools-', import.meta.url)));
    await build({
      logLevel: 'error',
      configFile: false,
      resolve: { conditions: ['@lunwarden/source'] },
      ssr: { noExternal: [/^@lunwarden\//], resolve: { conditions: ['@lunwarden/source', 'node'] } },
      build: {
        ssr: fileURLToPath(new URL('../testing/read-and-report.ts', import.meta.url)),
        outDir: bundle,
        rolldownOptions: { output: { entryFileNames: 'read.mjs' } },
      },
    });
  });
  afterAll(() => rm(bundle, { recursive: true, force: true }));

  /** In a process of its own, so that the memory is that of this file alone. */
  async function read(file: string): Promise<Read> {
    const { stdout } = await run(process.execPath, [join(bundle, 'read.mjs'), resolve(folder, file)], {
      cwd: tmpdir(),
    });
    return JSON.parse(stdout) as Read;
  }

  // Counted in the sheets by hand: vHost rows 2-8, vInfo rows 2-10; neither vDatastore nor vMultiPath is there.
  it.skipIf(isAbsent)(
    'of which four sheets declare 1,048,576 rows is read in the memory of what they hold',
    async () => {
      const { before, after, counts, gaps, collectedAt, by } = await read('migration-planner-example1.xlsx');
      expect(counts).toEqual({
        datastores: { expected: 0, got: 0 },
        hosts: { expected: 7, got: 7 },
        vms: { expected: 9, got: 9 },
      });
      expect(gaps).toContainEqual({ object: 'vDatastore', path: '*', reason: 'the tab is missing' });
      expect(gaps).toContainEqual({ object: 'vMultiPath', path: '*', reason: 'the tab is missing' });
      expect(gaps).toContainEqual({ object: 'vInfo', path: 'Path', reason: 'the column is missing' });
      // dcterms:created of the file, which was saved again three hours later.
      expect([collectedAt, by]).toEqual(['2025-10-23T13:14:57.000Z', 'workbook']);
      // 10 to 25 MB measured; a model of the declared cells would take gigabytes.
      expect((after - before) / 1024).toBeLessThan(64);
      expect(after / 1024).toBeLessThan(160);
    },
  );

  // vHost rows 2-3, vInfo rows 2-4; sheets with absolute targets and texts in their cells.
  it.skipIf(isAbsent)('that a script generated is read too, and is as incomplete as it is', async () => {
    const { counts, gaps, collectedAt } = await read('mjvincent-rvtools-small-complete.xlsx');
    expect(counts).toEqual({
      datastores: { expected: 0, got: 0 },
      hosts: { expected: 2, got: 2 },
      vms: { expected: 3, got: 3 },
    });
    const missing = gaps
      .filter(({ reason }) => /is missing/.test(reason))
      .map(({ object, path }) => `${object} ${path}`);
    expect(missing).toEqual(['vDatastore *', 'vInfo VM ID', 'vInfo Path', 'vMultiPath *', 'vDisk Disk Path']);
    // Two disks of the first VM, two of the second, one of the third.
    expect(gaps.filter(({ reason }) => reason === 'a disk whose datastore is not told')).toHaveLength(5);
    expect(collectedAt).toBe('2026-06-04T19:00:14.000Z');
  });

  it('with every row that Excel knows written down, and empty, costs no memory', async () => {
    const rows = Array.from({ length: 1_048_576 }, (_, at) => `<row r="${at + 1}"><c r="A${at + 1}" s="1"/></row>`);
    const sheet = Buffer.from(`<worksheet><sheetData>${rows.join('')}</sheetData></worksheet>`);
    const workbook = await packed({
      ...workbookFiles(['vInfo']),
      'xl/worksheets/sheet1.xml': sheet,
      'docProps/core.xml': '<p><created>2026-01-01T00:00:00Z</created></p>',
    });
    const file = join(bundle, 'empty-rows.xlsx');
    await writeFile(file, workbook);
    const { before, after, counts } = await read(file);
    expect(counts.vms).toEqual({ expected: 0, got: 0 });
    expect(sheet.length).toBeGreaterThan(40 << 20);
    expect((after - before) / 1024).toBeLessThan(96);
  });
});
