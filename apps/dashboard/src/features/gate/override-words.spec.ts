// @vitest-environment node
import { expect, it } from 'vitest';
import { isOpen, overrideAt, overrideWords } from './override-words.js';

const expiresAt = '2026-11-22T10:00:00Z';
const end = Date.parse(expiresAt);

it('lets an override run out by the clock of the page, and leaves who took it back in sight', () => {
  for (const state of ['approved', 'awaiting-second-person'] as const) {
    expect(overrideAt({ state, expiresAt }, end - 1).state).toBe(state);
    expect(overrideAt({ state, expiresAt }, end).state).toBe('expired');
  }
  expect(overrideAt({ state: 'revoked', expiresAt }, end).state).toBe('revoked');
});

it('draws no override as good, and offers nothing where nothing can be done', () => {
  for (const { level } of Object.values(overrideWords)) expect(level).not.toBe('minimal');
  expect(isOpen({ state: 'revoked' }) || isOpen({ state: 'expired' })).toBe(false);
});
