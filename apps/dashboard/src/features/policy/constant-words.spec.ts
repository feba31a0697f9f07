// @vitest-environment node
import type { SiteConstant } from '@lunwarden/contract';
import { expect, it } from 'vitest';
import { groupsOf, typedOf, valueOfTyped, valueText } from './constant-words.js';

const constant = (path: string): SiteConstant => ({
  path,
  standard: 1,
  min: 0,
  max: 2,
  current: 1,
  changedBy: null,
  changedAt: null,
});

it('reads back what it writes, spans of time in minutes', () => {
  for (const [path, value] of [
    ['freshness.hostStateMs', 10_800_000],
    ['freshness.aliveMs', 900_000],
    ['weights.patch', 0.55],
  ] as const)
    expect(valueOfTyped(path, typedOf(path, value))).toBe(value);
  expect(valueText('freshness.hostStateMs', 10_800_000)).toBe('3 h');
  expect(valueText('freshness.hostStateMs', 5_400_000)).toBe('90 min');
  expect(valueText('weights.patch', 0.55)).toBe('0.55');
});

it('takes nothing for a number that is none', () => {
  for (const typed of ['', ' ', 'x', '1,5']) expect(valueOfTyped('weights.patch', typed)).toBeNaN();
});

it('drops no constant, also of a kind that it does not know', () => {
  const groups = groupsOf(['weights.a', 'hotAddTasks', 'weights.b', 'newKind.c'].map(constant));
  expect(groups.map(({ title, constants }) => [title, constants.map(({ path }) => path)])).toEqual([
    ['Weights, 0 to 1', ['weights.a', 'weights.b']],
    ['Other', ['hotAddTasks', 'newKind.c']],
  ]);
});
