// @vitest-environment node
import { rules } from '@lunwarden/risk';
import { expect, it } from 'vitest';
import { adviceOf } from './advice.js';

it('has remedy steps for every rule, and says nothing about a rule that it does not know', () => {
  for (const rule of rules) expect(adviceOf(rule.id)?.remedy.length).toBeGreaterThan(0);
  expect(adviceOf('some-newer-rule')).toBeNull();
});
