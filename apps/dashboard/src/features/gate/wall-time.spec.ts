// @vitest-environment node
import { expect, it } from 'vitest';
import { instantOf, spanText, wallOf } from './wall-time.js';

it('reads a time as the clocks of its zone show it, in winter and in summer', () => {
  expect(instantOf('2026-12-08T20:00', 'Europe/Amsterdam')).toBe('2026-12-08T19:00:00.000Z');
  expect(instantOf('2026-07-08T20:00', 'Europe/Amsterdam')).toBe('2026-07-08T18:00:00.000Z');
  expect(instantOf('2026-12-08T20:00', 'Asia/Kolkata')).toBe('2026-12-08T14:30:00.000Z');
});

it('refuses a time that the clocks skip in spring, and what is no time', () => {
  expect(instantOf('2026-03-29T02:30', 'Europe/Amsterdam')).toBeNull();
  expect(instantOf('2026-02-30T10:00', 'UTC')).toBeNull();
  expect(instantOf('', 'UTC')).toBeNull();
});

it('writes what it reads', () => {
  for (const zone of ['Europe/Amsterdam', 'America/St_Johns', 'UTC']) {
    expect(wallOf(instantOf('2026-12-08T20:05', zone) ?? '', zone)).toBe('2026-12-08T20:05');
  }
});

it('shows a window in its own zone, not in the reader’s', () => {
  const window = { startsAt: '2026-12-08T19:00:00Z', endsAt: '2026-12-08T22:00:00Z', timeZone: 'Europe/Amsterdam' };
  expect(spanText(window)).toMatch(/8 Dec 2026.*20:00.*23:00 Europe\/Amsterdam/);
});
