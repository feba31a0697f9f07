import { createHash, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** `lws_` makes the first administrator, `lwe_` enrols a host, `lwa_` is a host's key, `lwu_` a user's session. */
export type TokenKind = 'lws' | 'lwe' | 'lwa' | 'lwu';

const secretBytes = 32;

/** 256 random bits and a checksum, all in hexadecimal, so that a double click selects it whole: `lwa_` + 64 + 8 digits. */
export function newToken(kind: TokenKind): { text: string; hash: Uint8Array } {
  const secret = randomBytes(secretBytes).toString('hex');
  const text = `${kind}_${secret}${checksumOf(kind, secret)}`;
  return { text, hash: sha256(text) };
}

/**
 * SHA-256 under which a token is stored, or null if the text cannot be a token of that kind: junk is refused here,
 * without asking the database. A plain hash is enough for 256 random bits (ASVS 5.0, 6.5.2).
 */
export function hashOfToken(kind: TokenKind, text: string): Uint8Array | null {
  const [, secret, checksum] = tokenShape.exec(text) ?? [];
  if (secret === undefined || !text.startsWith(`${kind}_`) || checksum !== checksumOf(kind, secret)) return null;
  return sha256(text);
}

const tokenShape = /^lw[seau]_([0-9a-f]{64})([0-9a-f]{8})$/;
const checksumOf = (kind: TokenKind, secret: string): string =>
  crc32(`${kind}_${secret}`).toString(16).padStart(8, '0');
const sha256 = (text: string): Uint8Array => createHash('sha256').update(text).digest();
