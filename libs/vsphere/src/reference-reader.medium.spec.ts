import { rowsOfMap, smallSan, trueRows } from '@lunwarden/sample-fleet';
import { describe, expect, test } from 'vitest';
import { goProgram } from '../testing/go-program.js';
import { readWithGo } from '../testing/goref.js';
import { optionsFor, skipNote } from '../testing/options.js';
import { findVcsim, startVcsim } from '../testing/vcsim.js';
import { collectLunMap } from './index.js';

const vcsim = await findVcsim();
const goref = await goProgram('goref');
if (vcsim === null || goref === null) console.warn(vcsim === null ? skipNote : 'SKIPPED: no Go to build goref with');

describe.skipIf(vcsim === null || goref === null)('a reader that shares no line with this one', () => {
  test('finds the same rows: extents, placements, raw mappings, adapters and types', async () => {
    const simulator = await startVcsim(vcsim ?? '', { order: smallSan });
    try {
      const ours = rowsOfMap(await collectLunMap(optionsFor(simulator.url, { details: true })));
      const truth = trueRows(smallSan);
      expect(ours).toEqual(truth);
      expect(await readWithGo(goref ?? '', simulator.url)).toEqual(truth);
      const kinds = new Set(ours.map((row) => row.slice(0, row.indexOf('\t'))));
      expect([...kinds].sort()).toEqual(['adapter', 'extent', 'place', 'raw', 'type']);
    } finally {
      await simulator.stop();
    }
  });
});
