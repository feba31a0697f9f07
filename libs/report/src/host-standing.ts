import { type HostSummary, type Level, levels } from '@lunwarden/contract';

/** What a reader of a weekly report may do with a host: leave it alone, find out more, or patch it. */
export type Standing = 'blocked' | 'unknown' | 'ready';

type Judged = Pick<HostSummary, 'level' | 'state' | 'validUntil'>;

/**
 * The level as it may be read at `at`. One whose `validUntil` has passed, or that rests on facts nobody vouches for,
 * is no longer evidence of safety and reads as unknown; evidence of danger does not expire.
 */
export function levelAt({ level, state, validUntil }: Judged, at: string): Level {
  if (level === 'critical' || level === 'high') return level;
  const isVouchedFor = state === 'reporting' || state === 'silent';
  return isVouchedFor && Date.parse(validUntil) >= Date.parse(at) ? level : 'unknown';
}

export function standingOf(host: Judged, at: string): Standing {
  switch (levelAt(host, at)) {
    case 'critical':
    case 'high':
      return 'blocked';
    case 'unknown':
      return 'unknown';
    case 'medium':
    case 'low':
    case 'minimal':
      return 'ready';
  }
}

/** Worst first, then the higher score, then by name: a list that is cut keeps what matters. */
export const worstFirst =
  (at: string) =>
  (a: HostSummary, b: HostSummary): number =>
    rankOf(levelAt(a, at)) - rankOf(levelAt(b, at)) || b.score - a.score || compareText(a.hostname, b.hostname);

/** 0 = critical. */
export const rankOf = (level: Level): number => levels.indexOf(level);

/** By code unit, so that the same file comes out on every machine whatever its locale. */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
