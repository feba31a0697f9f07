// @vitest-environment node
import { expect, it } from 'vitest';
import { ServerClock } from './server-clock.js';

it('follows the server, however wrong the browser is', () => {
  let wall = Date.parse('1999-01-01T00:00:00Z');
  const clock = new ServerClock(
    () => wall,
    () => 0,
  );
  clock.tell('2026-11-22T07:00:00Z');
  wall += 60_000;
  expect(new Date(clock.now()).toISOString()).toBe('2026-11-22T07:01:00.000Z');
});

it('runs on while the laptop sleeps and when someone sets its clock back', () => {
  let wall = 1_000_000;
  let steady = 0;
  const clock = new ServerClock(
    () => wall,
    () => steady,
  );
  clock.tell('2026-11-22T07:00:00Z');
  const start = clock.now();
  wall += 3_600_000;
  expect(clock.now() - start).toBe(3_600_000);
  wall -= 7_200_000;
  steady += 5_000;
  expect(clock.now() - start).toBe(5_000);
});
