// @vitest-environment node
import type { ChangeWindow } from '@lunwarden/contract';
import { expect, it } from 'vitest';
import { idOf } from '../../testing/sample-host.js';
import { chosenWindow, windowsOf } from './window-choice.js';

const now = Date.parse('2026-11-22T20:00:00Z');
const windowOf = (n: number, startsAt: string, endsAt: string, hostIds: string[] | null = null): ChangeWindow => ({
  id: idOf(n),
  name: `window ${n}`,
  startsAt,
  endsAt,
  timeZone: 'UTC',
  hostIds,
  createdBy: 'ada',
  createdAt: '2026-11-01T00:00:00Z',
});
const over = windowOf(1, '2026-11-20T20:00:00Z', '2026-11-20T22:00:00Z');
const open = windowOf(2, '2026-11-22T19:00:00Z', '2026-11-22T22:00:00Z');
const next = windowOf(3, '2026-11-29T19:00:00Z', '2026-11-29T22:00:00Z');
const forOthers = windowOf(4, '2026-11-22T18:00:00Z', '2026-11-22T22:00:00Z', [idOf(77)]);
const all = [next, over, forOthers, open];

it('offers the windows of a host that are not over, the open one first', () => {
  expect(windowsOf(all, idOf(1), now)).toEqual([open, next]);
  expect(windowsOf(all, idOf(77), now)).toEqual([forOthers, open, next]);
});

it('keeps the window of an address, though it be over, and has none where there is none', () => {
  expect(chosenWindow(all, [open, next], over.id)).toBe(over);
  expect(chosenWindow(all, [open, next], undefined)).toBe(open);
  expect(chosenWindow(all, [open, next], idOf(99))).toBe(open);
  expect(chosenWindow([], [], undefined)).toBeNull();
});
