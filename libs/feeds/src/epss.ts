import { z } from 'zod';
import { type FeedEntry, type FeedReader, pieceChars } from './feed.js';

/** Probability that the CVE is exploited within 30 days, 0..1, in hundredths rounded up. */
export const EpssEntry = z.object({ epss: z.number().min(0).max(1) });
export type EpssEntry = z.output<typeof EpssEntry>;

const head = /^#model_version:[\w.-]{1,40},score_date:(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:?\d\d))\s*$/;
const line =
  /^(CVE-(\d{4})-(\d{4,19})),([01](?:\.\d{1,12})?(?:[eE]-\d{1,3})?),([01](?:\.\d{1,12})?(?:[eE]-\d{1,3})?)\r?$/;
/** There are some 350,000 CVEs. */
const mostLines = 2_000_000;

/**
 * Nearly every score moves a little every day, and no verdict with it: a hundredth weighs a quarter of a point. Hundredths
 * are rounded up, so that they never say less than FIRST does, and depend on no earlier file.
 */
const steps: readonly EpssEntry[] = Array.from({ length: 101 }, (_, at) => ({ epss: at / 100 }));

/**
 * EPSS scores as FIRST publishes them: a comment with model and date, a header, one line a CVE.
 * No field is ever quoted there, so that a line is the whole grammar. Source: first.org/epss/data_stats.
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
  return { feed: { asOf: new Date(scores.scoredAt).toISOString(), entries: scores.entries, ignored: 0 } };
}

class Scores {
  scoredAt = '';
  readonly entries: FeedEntry<EpssEntry>[] = [];
  /** By year: one large set would hold the event loop whenever it grows. */
  private readonly seen = new Map<string, Set<string>>();
  private lines = 0;

  /** @returns what is wrong, or null */
  takeAll(lines: readonly string[]): string | null {
    for (const text of lines) {
      const problem = this.take(text);
      if (problem !== null) return problem;
    }
    return null;
  }

  /** What is missing at the end, or null. */
  problem(): string | null {
    return this.lines < 2 ? this.take('') : this.entries.length === 0 ? 'The file holds no score.' : null;
  }

  private take(text: string): string | null {
    this.lines += 1;
    if (this.lines === 1) return this.takeHead(text);
    if (this.lines === 2)
      return text.trim() === 'cve,epss,percentile' ? null : 'The second line must be cve,epss,percentile.';
    const [, cve, year = '', number = '', score] = line.exec(text) ?? [];
    const step = steps[Math.ceil(Number(score) * 100 - 1e-9)];
    if (cve === undefined || step === undefined) return `Line ${this.lines} is not a CVE with its score.`;
    const ofYear = this.seen.get(year) ?? new Set();
    if (ofYear.has(number)) return `Line ${this.lines} repeats ${cve}.`;
    this.seen.set(year, ofYear.add(number));
    this.entries.push({ key: cve, body: step });
    return this.lines > mostLines ? `More than ${mostLines} lines.` : null;
  }

  private takeHead(text: string): string | null {
    this.scoredAt = head.exec(text.replace(/^\ufeff/, ''))?.[1]?.replace(/([+-]\d\d)(\d\d)$/, '$1:$2') ?? '';
    if (!Number.isNaN(Date.parse(this.scoredAt))) return null;
    return 'The first line must be #model_version:…,score_date:…, as FIRST publishes it.';
  }
}
