import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hashOfToken, newToken, type TokenKind } from './token.js';

const kinds: TokenKind[] = ['lws', 'lwe', 'lwa', 'lwu'];

test.each(kinds)('a %s token is recognised as itself and as no other kind', (kind) => {
  const { text, hash } = newToken(kind);
  expect(text).toMatch(/^lw[sea u]_[0-9a-f]{72}$/);
  expect(kinds.filter((other) => hashOfToken(other, text) !== null)).toEqual([kind]);
  expect(hashOfToken(kind, text)).toEqual(hash);
});

test('two tokens are never alike', () => {
  expect(new Set(Array.from({ length: 1000 }, () => newToken('lwa').text)).size).toBe(1000);
});

test('a token with one character changed is refused without asking the database', () => {
  const { text } = newToken('lwa');
  fc.assert(
    fc.property(fc.nat(text.length - 1), fc.constantFrom(...'0123456789abcdefXYZ_- \n'), (at, char) => {
      fc.pre(text[at] !== char);
      expect(hashOfToken('lwa', text.slice(0, at) + char + text.slice(at + 1))).toBeNull();
    }),
  );
});

test('junk is no token', () => {
  for (const junk of [
    '',
    'lwa_',
    'lwa',
    `${newToken('lwa').text}0`,
    ` ${newToken('lwa').text}`,
    '\u0000',
    'x'.repeat(1e5),
  ])
    expect(hashOfToken('lwa', junk)).toBeNull();
});
