import type { IsoWeek } from '@lunwarden/contract';
import { isoWeekOf, type WeekSpan } from '@lunwarden/report';

const hour = 3_600_000;
const day = 24 * hour;
/** Monday 06:00: before people read it, and late enough that the nightly jobs are done. */
const closesAtHour = 6;

/** The week that has to be closed by now: last week, and until Monday 06:00 the one before it. */
export function dueWeek(now: Date, timeZone: string): WeekSpan {
  const current = isoWeekOf(new Date(now.getTime() - closesAtHour * hour).toISOString(), timeZone);
  return isoWeekOf(new Date(Date.parse(current.startsAt) - 1).toISOString(), timeZone);
}

/** From when to when a week lasts; null for one that the calendar does not have, e.g. 2027-W53. */
export function spanOf(week: IsoWeek, timeZone: string): WeekSpan | null {
  const [year = 0, number = 0] = week.split('-W').map(Number);
  // ISO 8601: 4 January always lies in week 1, and a week belongs to the year of its Thursday.
  const fourth = new Date(Date.UTC(year, 0, 4, 12));
  const thursday = fourth.getTime() + (3 - ((fourth.getUTCDay() + 6) % 7) + (number - 1) * 7) * day;
  // Thursday noon in UTC is the same week everywhere on earth.
  const span = isoWeekOf(new Date(thursday).toISOString(), timeZone);
  return span.week === week ? span : null;
}
