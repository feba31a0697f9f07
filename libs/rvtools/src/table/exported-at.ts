import { RvtoolsError } from '../rvtools-error.js';
import type { TabSource } from './row-sink.js';

const hour = 3_600_000;
const day = 24 * hour;
/** Inhabited time zones run from UTC-12 to UTC+14. */
const earliestZone = 14 * hour;
const latestZone = 12 * hour;

/** How the age of an export is known: `stated` by who brought it, from the `workbook` in UTC, or from a `local-time` without zone. */
export type Dating = { at: string; by: 'stated' | 'workbook' | 'local-time' };

/**
 * When the export was made, never later than it was. RVTools writes the clock of its machine without a zone, so that
 * alone the earliest instant counts that it may mean.
 * @param local cell `xlsx creation datetime`
 * @param stated ISO instant that somebody vouches for; it may narrow what the file says and not contradict it
 * @throws RvtoolsError rvtools_undated
 */
export function exportedAt(
  source: Pick<TabSource, 'createdAt' | 'dateOffset'>,
  { local, stated, now }: { local: string | undefined; stated: string | null; now: Date },
): Dating {
  const clock = clockOf(local, source.dateOffset);
  const earliest = clock === null ? null : clock - earliestZone;
  const isPossible = (at: number): boolean =>
    at <= now.getTime() && (clock === null || (at >= clock - earliestZone && at <= clock + latestZone));
  if (stated !== null) {
    if (isPossible(Date.parse(stated))) return { at: stated, by: 'stated' };
    throw undated(`The export cannot have been made at ${stated}`);
  }
  if (source.createdAt !== null && isPossible(Date.parse(source.createdAt)))
    return { at: source.createdAt, by: 'workbook' };
  if (earliest !== null && earliest <= now.getTime()) return { at: new Date(earliest).toISOString(), by: 'local-time' };
  throw undated('The export does not say when it was made');
}

const undated = (why: string): RvtoolsError =>
  new RvtoolsError(
    'rvtools_undated',
    `${why}: say when RVTools wrote it, for example --exported-at 2026-11-22T07:00:00Z.`,
  );

/** The latest instant that a clock of the export may mean; null = it cannot be read. */
export function latestOf(text: string | undefined, dateOffset: number): string | null {
  const clock = clockOf(text, dateOffset);
  return clock === null ? null : new Date(clock + latestZone).toISOString();
}

/** A clock on a wall, as if it hung in Greenwich. What depends on the region's order of day and month is not guessed. */
function clockOf(text: string | undefined, dateOffset: number): number | null {
  if (text === undefined) return null;
  if (/^\d{5}(\.\d+)?$/.test(text)) return Math.floor((Number(text) + dateOffset - 25_569) * day);
  const match = /^(\d{4})[-/](\d\d?)[-/](\d\d?)(?:[T ](\d\d?):(\d\d)(?::(\d\d))?)?/.exec(text);
  if (match === null) return null;
  const [year = 0, month = 0, date = 0, hours = 0, minutes = 0, seconds = 0] = match
    .slice(1)
    .map((one) => Number(one ?? 0));
  return Date.UTC(year, month - 1, date, hours, minutes, seconds);
}
