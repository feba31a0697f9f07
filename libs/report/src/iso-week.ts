import type { IsoWeek } from '@lunwarden/contract';
import { DateTime } from 'luxon';

/** Thrown for a time zone that the platform does not know, e.g. `Mars/Olympus`. */
export class UnknownTimeZone extends Error {
  readonly code = 'UNKNOWN_TIME_ZONE';
  constructor(readonly timeZone: string) {
    super(`No time zone is called ${JSON.stringify(timeZone)}; set one of the IANA names, e.g. Europe/Berlin or UTC.`);
  }
}

/** Thrown for a text that is no ISO 8601 instant. */
export class NotAnInstant extends Error {
  readonly code = 'NOT_AN_INSTANT';
  constructor(readonly instant: string) {
    super(`${JSON.stringify(instant)} is not an instant; write it as 2026-11-22T06:00:00Z.`);
  }
}

export type WeekSpan = { week: IsoWeek; startsAt: string; endsAt: string };

/**
 * The ISO 8601 week (Monday first, week 1 holds the year's first Thursday) that `instant` falls in, as a clock on the
 * wall of `timeZone` shows it. `startsAt` (inclusive) and `endsAt` (exclusive) are instants; a week in which the clocks
 * change lasts 167 or 169 hours.
 * @throws UnknownTimeZone, NotAnInstant
 */
export function isoWeekOf(instant: string, timeZone: string): WeekSpan {
  const monday = wallClock(instant, timeZone).startOf('week');
  return {
    week: `${pad(monday.weekYear, 4)}-W${pad(monday.weekNumber, 2)}`,
    startsAt: utcOf(monday),
    endsAt: utcOf(monday.plus({ weeks: 1 })),
  };
}

/** `instant` on the wall clock of `timeZone`. */
export function wallClock(instant: string, timeZone: string): DateTime<true> {
  const utc = DateTime.fromISO(instant, { zone: 'utc', locale: 'en' });
  if (!utc.isValid) throw new NotAnInstant(instant);
  const there = utc.setZone(timeZone);
  if (!there.isValid) throw new UnknownTimeZone(timeZone);
  return there;
}

const pad = (value: number, width: number): string => String(value).padStart(width, '0');
const utcOf = (at: DateTime<true>): string => at.toUTC().toJSDate().toISOString();
