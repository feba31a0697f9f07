import { IsoWeek } from '@lunwarden/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isoWeekOf, NotAnInstant, UnknownTimeZone } from './iso-week.js';

const hours = (span: { startsAt: string; endsAt: string }) =>
  (Date.parse(span.endsAt) - Date.parse(span.startsAt)) / 3_600_000;

describe('isoWeekOf', () => {
  it.each([
    ['2026-11-22T22:59:59.999Z', 'Europe/Berlin', '2026-W47'],
    ['2026-11-22T23:00:00.000Z', 'Europe/Berlin', '2026-W48'],
    ['2026-11-22T23:30:00.000Z', 'America/New_York', '2026-W47'],
    // ISO 8601: 1 January 2027 is a Friday and so belongs to week 53 of 2026.
    ['2027-01-01T12:00:00Z', 'UTC', '2026-W53'],
    ['2024-12-30T12:00:00Z', 'UTC', '2025-W01'],
    ['2021-01-03T12:00:00Z', 'UTC', '2020-W53'],
    // Already Monday in Kiritimati (UTC+14) while Honolulu has Sunday.
    ['2026-11-22T10:00:00Z', 'Pacific/Kiritimati', '2026-W48'],
  ])('puts %s in %s into %s', (instant, zone, week) => {
    expect(isoWeekOf(instant, zone).week).toBe(week);
  });

  it('gives Monday 00:00 of the zone as the bounds', () => {
    expect(isoWeekOf('2026-11-18T12:00:00Z', 'Europe/Berlin')).toEqual({
      week: '2026-W47',
      startsAt: '2026-11-15T23:00:00.000Z',
      endsAt: '2026-11-22T23:00:00.000Z',
    });
  });

  it.each([
    ['2026-03-25T12:00:00Z', 'Europe/Berlin', 167],
    ['2026-10-21T12:00:00Z', 'Europe/Berlin', 169],
    ['2026-04-01T12:00:00Z', 'Australia/Lord_Howe', 168.5],
  ])('follows the clocks in the week of %s in %s', (instant, zone, length) => {
    expect(hours(isoWeekOf(instant, zone))).toBe(length);
  });

  it('holds the instant, and the next week begins where it ends', () => {
    const zones = fc.constantFrom('UTC', 'Europe/Berlin', 'America/Santiago', 'Asia/Kathmandu', 'Pacific/Apia');
    const instants = fc.date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(instants, zones, (date, zone) => {
        const span = isoWeekOf(date.toISOString(), zone);
        expect(IsoWeek.safeParse(span.week).success).toBe(true);
        expect(Date.parse(span.startsAt)).toBeLessThanOrEqual(date.getTime());
        expect(Date.parse(span.endsAt)).toBeGreaterThan(date.getTime());
        const next = isoWeekOf(span.endsAt, zone);
        expect(next.startsAt).toBe(span.endsAt);
        expect(next.week > span.week).toBe(true);
      }),
    );
  });

  it('refuses a zone or an instant that does not exist, instead of guessing UTC or now', () => {
    expect(() => isoWeekOf('2026-11-22T12:00:00Z', 'Mars/Olympus')).toThrow(UnknownTimeZone);
    expect(() => isoWeekOf('yesterday', 'UTC')).toThrow(NotAnInstant);
  });
});
