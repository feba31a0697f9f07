import { z } from 'zod';
import type { FeedEntry, Reading } from './feed.js';

/** Probability that the CVE is exploited within 30 days, 0..1. */
export const EpssEntry = z.object({ epss: z.number().min(0).max(1) });
export type EpssEntry = z.output<typeof EpssEntry>;

const head = /^#model_version:[\w.-]{1,40},score_date:(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:?\d\d))\s*$/;
const line = /^(CVE-\d{4}-\d{4,19}),([01](?:\.\d{1,12})?(?:[eE]-\d{1,3})?),([01](?:\.\d{1,12})?(?:[eE]-\d{1,3})?)\r?$/;
/** There are some 350,000 CVEs. */
const mostLines = 2_000_000;
const linesASlice = 4_000;

/**
 * EPSS scores as FIRST publishes them: a comment with model and date, a header, one line a CVE.
 * No field is ever quoted there, so that a line is the whole grammar. Source: first.org/epss/data_stats.
 * Yields now and then, so that the event loop is never held.
 */
export function* parseEpss(text: string): Generator<void, Reading<EpssEntry>> {
  const lines = linesOf(text);
  const scoredAt = head.exec(lines.next().value ?? '')?.[1]?.replace(/([+-]\d\d)(\d\d)$/, '$1:$2');
  if (scoredAt === undefined || Number.isNaN(Date.parse(scoredAt)))
    return { refused: 'The first line must be #model_version:…,score_date:…, as FIRST publishes it.' };
  if (lines.next().value?.trim() !== 'cve,epss,percentile')
    return { refused: 'The second line must be cve,epss,percentile.' };
  const found = new Map<string, EpssEntry>();
  for (const text of lines) {
    const [, cve, score] = line.exec(text) ?? [];
    const epss = Number(score);
    if (cve === undefined || !(epss <= 1)) return { refused: `Line ${found.size + 3} is not a CVE with its score.` };
    if (found.has(cve)) return { refused: `Line ${found.size + 3} repeats ${cve}.` };
    found.set(cve, { epss });
    if (found.size > mostLines) return { refused: `More than ${mostLines} lines.` };
    if (found.size % linesASlice === 0) yield;
  }
  if (found.size === 0) return { refused: 'The file holds no score.' };
  const entries = [...found].map(([key, body]): FeedEntry<EpssEntry> => ({ key, body }));
  return { feed: { asOf: new Date(scoredAt).toISOString(), entries, ignored: 0 } };
}

/** One line after the other; what ends with a line break has no last, empty line. */
function* linesOf(text: string): Generator<string, undefined> {
  for (let at = 0; at < text.length; ) {
    const end = text.indexOf('\n', at);
    yield text.slice(at, end === -1 ? undefined : end);
    at = end === -1 ? text.length : end + 1;
  }
  return undefined;
}
