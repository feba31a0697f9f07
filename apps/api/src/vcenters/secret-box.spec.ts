import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Keyring, KeyringError } from './keyring.js';
import { SecretBroken, seal, unseal } from './secret-box.js';

const line = () => randomBytes(32).toString('base64');
const ring = (...lines: string[]) => Keyring.parse(lines.join('\n'), 'keyring');
const at = (id: string) => ({ table: 'vcenter', id, field: 'password' });

describe('a sealed secret', () => {
  it('comes out as it went in, whatever it is', () => {
    const keyring = ring(line());
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 512 }), (secret) => {
        expect(unseal(keyring, at('a'), seal(keyring, at('a'), secret))).toBe(secret);
      }),
    );
  });

  it('shows nothing of the secret, and looks different every time', () => {
    const keyring = ring(line());
    const [one, two] = [seal(keyring, at('a'), 'correct horse'), seal(keyring, at('a'), 'correct horse')];
    expect(Buffer.from(one.sealed).includes('correct')).toBe(false);
    expect(Buffer.from(one.sealed).equals(two.sealed)).toBe(false);
    expect(Buffer.from(one.wrappedKey).equals(two.wrappedKey)).toBe(false);
  });

  it.each(['wrappedKey', 'sealed'] as const)('does not open with any one bit of %s flipped', (part) => {
    const keyring = ring(line());
    const whole = seal(keyring, at('a'), 'correct horse');
    for (let bit = 0; bit < whole[part].length * 8; bit++) {
      const broken = Buffer.from(whole[part]);
      broken[bit >> 3]! ^= 1 << (bit & 7);
      expect(() => unseal(keyring, at('a'), { ...whole, [part]: broken })).toThrow(SecretBroken);
    }
  });

  it.each(['wrappedKey', 'sealed'] as const)('does not open with %s cut anywhere', (part) => {
    const keyring = ring(line());
    const whole = seal(keyring, at('a'), 'correct horse');
    for (let length = 0; length < whole[part].length; length++)
      expect(() => unseal(keyring, at('a'), { ...whole, [part]: whole[part].slice(0, length) })).toThrow(SecretBroken);
  });

  it('does not open in another row, table or field', () => {
    const keyring = ring(line());
    const secret = seal(keyring, at('a'), 'correct horse');
    for (const place of [at('b'), { ...at('a'), table: 'user' }, { ...at('a'), field: 'token' }])
      expect(() => unseal(keyring, place, secret)).toThrow(SecretBroken);
  });

  it('does not open with the box of one row and the key of another', () => {
    const keyring = ring(line());
    const [a, b] = [seal(keyring, at('a'), 'one'), seal(keyring, at('b'), 'two')];
    expect(() => unseal(keyring, at('a'), { ...a, sealed: b.sealed })).toThrow(SecretBroken);
    expect(() => unseal(keyring, at('a'), { ...a, wrappedKey: b.wrappedKey })).toThrow(SecretBroken);
  });
});

describe('a keyring', () => {
  it('opens what an older line sealed and seals with the newest', () => {
    const [old, fresh] = [line(), line()];
    const secret = seal(ring(old), at('a'), 'kept');
    const both = ring('# one a year', old, '', fresh);
    expect(unseal(both, at('a'), secret)).toBe('kept');
    expect(seal(both, at('a'), 'new').keyId).toBe(ring(fresh).newest.id);
    expect(unseal(ring(fresh, old), at('a'), secret)).toBe('kept');
  });

  it('says which key is missing', () => {
    const secret = seal(ring(line()), at('a'), 'lost');
    expect(() => unseal(ring(line()), at('a'), secret)).toThrow(KeyringError);
    expect(() => unseal(ring(line()), at('a'), secret)).toThrow(secret.keyId);
  });

  it.each([
    ['nothing', ''],
    ['comments only', '# later\n\n'],
    ['16 bytes', randomBytes(16).toString('base64')],
    ['33 bytes', randomBytes(33).toString('base64')],
    ['hexadecimal', randomBytes(32).toString('hex')],
    ['one good and one bad line', `${line()}\nnot a key`],
  ])('is refused with %s in it, and the refusal quotes no key', (_, text) => {
    const parse = () => Keyring.parse(text, 'keyring');
    expect(parse).toThrow(KeyringError);
    for (const word of text.split('\n').filter((one) => one.length > 12)) expect(parse).not.toThrow(word);
  });
});
