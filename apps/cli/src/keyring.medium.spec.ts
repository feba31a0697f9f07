import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ensureKeyring } from './keyring.js';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'lunwarden-keyring-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

it('makes 32 bytes that only this user reads, and leaves nothing beside them', () => {
  const file = join(home, 'deep/keyring');
  ensureKeyring(file);
  expect(Buffer.from(readFileSync(file, 'utf8'), 'base64')).toHaveLength(32);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(join(home, 'deep'))).toEqual(['keyring']);
});

it('never replaces a key that is in use', () => {
  const file = join(home, 'keyring');
  ensureKeyring(file);
  const key = readFileSync(file, 'utf8');
  ensureKeyring(file);
  expect(readFileSync(file, 'utf8')).toBe(key);
});

it('says what to do when it cannot be made', () => {
  writeFileSync(join(home, 'file'), '');
  expect(() => ensureKeyring(join(home, 'file/keyring'))).toThrow(
    expect.objectContaining({ code: 'keyring_not_writable' }),
  );
});
