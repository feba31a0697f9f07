// @vitest-environment node
import { VcenterTrust } from '@lunwarden/contract';
import { expect, it } from 'vitest';
import { trustKinds, trustOf } from './trust.js';

it.each(trustKinds)('sends what the contract takes for %s, and nothing that was typed for another kind', (kind) => {
  const sha256 = `${'AB:'.repeat(31)}AB`;
  const trust = trustOf({ kind, sha256, pem: 'PEM' });
  expect(VcenterTrust.safeParse(trust).success).toBe(true);
});
