import { expect, test } from 'vitest';
import { Passwords } from './passwords.js';

test('a password is hashed with argon2id at 19 MiB, two passes, one lane', async () => {
  const stored = await new Passwords().hash('correct horse');
  expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
});

test('only the password matches, and nobody matches nobody', async () => {
  const passwords = new Passwords();
  const stored = await passwords.hash('correct horse');
  expect(await passwords.matches('correct horse', stored)).toBe(true);
  expect(await passwords.matches('Correct horse', stored)).toBe(false);
  expect(await passwords.matches('correct horse', null)).toBe(false);
});

test('a flood is turned away at once instead of queued', async () => {
  const passwords = new Passwords();
  const outcomes = await Promise.allSettled(
    Array.from({ length: 200 }, async () => passwords.matches('correct horse', null)),
  );
  const refused = outcomes.filter((one) => one.status === 'rejected');
  expect(refused.every(({ reason }) => reason.code === 'too_many_requests')).toBe(true);
  expect(outcomes.length - refused.length).toBeLessThanOrEqual(22);
  expect(outcomes.length - refused.length).toBeGreaterThanOrEqual(20);
});
