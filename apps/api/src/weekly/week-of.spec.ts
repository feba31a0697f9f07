import { isoWeekOf } from '@lunwarden/report';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dueWeek, spanOf } from './week-of.js';

const zones = fc.constantFrom('UTC', 'Europe/Berlin', 'America/Santiago', 'Asia/Kathmandu', 'Pacific/Kiritimati');

describe('the week that is due', () => {
  it.each([
    ['2026-11-23T05:59:59Z', 'UTC', '2026-W46'],
    ['2026-11-23T06:00:00Z', 'UTC', '2026-W47'],
    ['2026-11-29T23:59:59Z', 'UTC', '2026-W47'],
    ['2026-11-23T04:59:59Z', 'Europe/Berlin', '2026-W46'],
    ['2026-11-23T05:00:00Z', 'Europe/Berlin', '2026-W47'],
    ['2026-11-22T15:59:59Z', 'Pacific/Kiritimati', '2026-W46'],
    ['2026-11-22T16:00:00Z', 'Pacific/Kiritimati', '2026-W47'],
    ['2027-01-04T12:00:00Z', 'UTC', '2026-W53'],
  ])('at %s in %s is %s', (now, zone, week) => {
    expect(dueWeek(new Date(now), zone).week).toBe(week);
  });

  it('is over, and ended less than eight days ago', () => {
    const instants = fc.date({ min: new Date('2000-01-01'), max: new Date('2060-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(instants, zones, (now, zone) => {
        const ended = now.getTime() - Date.parse(dueWeek(now, zone).endsAt);
        expect(ended).toBeGreaterThanOrEqual(5 * 3_600_000);
        expect(ended).toBeLessThan(8 * 86_400_000);
      }),
    );
  });
});

describe('the span of a week', () => {
  it('is the one in which every instant of it lies', () => {
    const instants = fc.date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(instants, zones, (date, zone) => {
        const span = isoWeekOf(date.toISOString(), zone);
        expect(spanOf(span.week, zone)).toEqual(span);
      }),
    );
  });

  it.each(['2027-W53', '2025-W53'])('does not exist for %s', (week) => {
    expect(spanOf(week, 'UTC')).toBeNull();
  });
});
