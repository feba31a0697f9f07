import { z } from 'zod';
import { type FeedEntries, type FeedEntry, type FeedReader, pieceChars } from './feed.js';

/** Probability that the CVE is exploited within 30 days, 0..1, in hundredths rounded up. */
export const EpssEntry = z.object({ epss: z.number().min(0).max(1) });
export type EpssEntry = z.output<typeof EpssEntry>;

const head = /^#model_version:[\w.-]{1,40},score_date:(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:?\d\d))\s*$/;
const line =
  /^(CVE-(\d{4})-(\d{4,19})),([01](?:\.\d{1,12})?(?:[eE]-\d{1,3})?),([01](?:\.\d{1,12})?(?:[eE]-\d{1,3})?)\r?$/;
/** There are some 350,000 CVEs. */
const mostLines = 2_000_000;

/**
 * EPSS scores as FIRST publishes them: a comment with model and date, a header, one line a CVE.
 * No field is ever quoted there, so that a line is the whole grammar. Source: first.org/epss/data_stats.
 *
 * Nearly every score moves a little every day, and no verdict with it: a hundredth weighs a quarter of a point. Hundredths
 * are rounded up, so that they never say less than FIRST does, and depend on no earlier file.
 */
export function* readEpss(): FeedReader<EpssEntry> {
  const scores = new Scores();
  let rest = '';
  for (let piece = yield; piece !== null; piece = yield) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    const refused = rest.length > pieceChars ? 'A line is too long.' : scores.takeAll(lines);
    if (refused !== null) return { refused };
  }
  const refused = scores.takeAll(rest === '' ? [] : [rest]) ?? scores.problem();
  if (refused !== null) return { refused };
  return { feed: { asOf: new Date(scores.scoredAt).toISOString(), entries: scores, ignored: 0 } };
}

class Scores implements FeedEntries<EpssEntry> {
  scoredAt = '';
  length = 0;
  /** `CVE-1999-0001 4`, hundredths behind the blank, a block of lines a text. */
  private readonly blocks: string[] = [];
  /** By year: one large set would hold the event loop whenever it grows. */
  private readonly seen = new Map<string, Set<number>>();
  private lines = 0;

  /** @returns what is wrong, or null */
  takeAll(lines: readonly string[]): string | null {
    const block: string[] = [];
    for (const text of lines) {
      const problem = this.take(text, block);
      if (problem !== null) return problem;
    }
    this.blocks.push(block.join('\n'));
    this.length += block.length;
    return null;
  }

  *[Symbol.iterator](): Generator<FeedEntry<EpssEntry>> {
    for (const block of this.blocks)
      for (const text of block === '' ? [] : block.split('\n')) {
        const [key = '', step = ''] = text.split(' ');
        yield { key, body: { epss: Number(step) / 100 } };
      }
  }

  /** What is missing at the end, or null. */
  problem(): string | null {
    return this.lines < 2 ? this.take('', []) : this.length === 0 ? 'The file holds no score.' : null;
  }

  private take(text: string, block: string[]): string | null {
    this.lines += 1;
    if (this.lines === 1) return this.takeHead(text);
    if (this.lines === 2)
      return text.trim() === 'cve,epss,percentile' ? null : 'The second line must be cve,epss,percentile.';
    const [, cve, year = '', number = '', score] = line.exec(text) ?? [];
    const step = Math.ceil(Number(score) * 100 - 1e-9);
    if (cve === undefined || !(step <= 100)) return `Line ${this.lines} is not a CVE with its score.`;
    const ofYear = this.seen.get(year) ?? new Set<number>();
    if (ofYear.has(Number(number))) return `Line ${this.lines} repeats ${cve}.`;
    this.seen.set(year, ofYear.add(Number(number)));
    block.push(`${cve} ${step}`);
    return this.lines > mostLines ? `More than ${mostLines} lines.` : null;
  }

  private takeHead(text: string): string | null {
    this.scoredAt = head.exec(text.replace(/^\ufeff/, ''))?.[1]?.replace(/([+-]\d\d)(\d\d)$/, '$1:$2') ?? '';
    if (!Number.isNaN(Date.parse(this.scoredAt))) return null;
    return 'The first line must be #model_version:…,score_date:…, as FIRST publishes it.';
  }
}
