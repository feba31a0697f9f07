import { readFileSync } from 'node:fs';
import { readRvtools } from '../src/index.js';

/** Reads one export in a process of its own and says what that cost: `ru_maxrss` in KiB, before and after. */
const [, , file = ''] = process.argv;
const before = process.resourceUsage().maxRSS;
const { map, dating } = await readRvtools(readFileSync(file), { now: new Date(), exportedAt: null });
const after = process.resourceUsage().maxRSS;
process.stdout.write(
  JSON.stringify({ before, after, counts: map.counts, gaps: map.gaps, collectedAt: dating.at, by: dating.by }),
);
