import { TZDateMini } from '@date-fns/tz';

/** Zones that this browser knows, the reader's own first. */
export function timeZones(): string[] {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return [...new Set([own, 'UTC', ...Intl.supportedValuesOf('timeZone')])];
}

/**
 * The instant at which clocks in a zone show `2026-12-08T20:00`; null = no such moment there: not a time, or skipped
 * when the clocks go forward. Of a moment that comes twice in autumn the first is meant.
 */
export function instantOf(wall: string, timeZone: string): string | null {
  const parts = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)$/.exec(wall)?.slice(1).map(Number);
  if (parts === undefined) return null;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0] = parts;
  const at = new TZDateMini(year, month - 1, day, hour, minute, timeZone);
  const isThere = at.getDate() === day && at.getHours() === hour && at.getMinutes() === minute;
  return isThere ? new Date(at.getTime()).toISOString() : null;
}

/** What clocks in a zone show at an instant, as a `datetime-local` field wants it. */
export function wallOf(instant: string, timeZone: string): string {
  const at = new TZDateMini(Date.parse(instant), timeZone);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** `8 Dec 2026, 20:00–23:00 Europe/Amsterdam` */
export function spanText({ startsAt, endsAt, timeZone }: { startsAt: string; endsAt: string; timeZone: string }) {
  const format = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone });
  return `${format.formatRange(new Date(startsAt), new Date(endsAt))} ${timeZone}`;
}
