import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { SealedSecret } from '@lunwarden/store';
import type { Keyring } from './keyring.js';

/** Where a secret lives. It opens nowhere else, so that swapped or copied rows are noticed. */
export type SecretPlace = { table: string; id: string; field: string };

/** The secret was changed, moved or cut, or belongs to another keyring. Enter it again. */
export class SecretBroken extends Error {
  readonly code = 'secret_broken';
  constructor(place: SecretPlace, cause?: unknown) {
    super(`The stored ${place.field} cannot be opened: remove the vCenter and add it again.`, { cause });
  }
}

const algorithm = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;

/** A key of its own for each secret, itself wrapped with the newest key of the ring (envelope encryption). */
export function seal(keyring: Keyring, place: SecretPlace, secret: string): SealedSecret {
  const { id: keyId, key } = keyring.newest;
  const dataKey = randomBytes(32);
  const plain = Buffer.from(secret, 'utf8');
  try {
    const aad = aadOf(place, keyId);
    return { keyId, wrappedKey: encrypt(key, dataKey, aad), sealed: encrypt(dataKey, plain, aad) };
  } finally {
    dataKey.fill(0);
    plain.fill(0);
  }
}

/** @throws SecretBroken, KeyringError */
export function unseal(keyring: Keyring, place: SecretPlace, { keyId, wrappedKey, sealed }: SealedSecret): string {
  const { key } = keyring.key(keyId);
  const aad = aadOf(place, keyId);
  try {
    const dataKey = decrypt(key, wrappedKey, aad);
    const plain = decrypt(dataKey, sealed, aad);
    const secret = plain.toString('utf8');
    dataKey.fill(0);
    plain.fill(0);
    return secret;
  } catch (cause) {
    throw new SecretBroken(place, cause);
  }
}

const aadOf = ({ table, id, field }: SecretPlace, keyId: string): Buffer =>
  Buffer.from([table, id, field, keyId].join('|'), 'utf8');

/** Initialisation vector, tag, cipher text. */
function encrypt(key: Buffer, plain: Buffer, aad: Buffer): Buffer {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv(algorithm, key, iv, { authTagLength: tagBytes }).setAAD(aad);
  const text = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), text]);
}

function decrypt(key: Buffer, box: Uint8Array, aad: Buffer): Buffer {
  if (box.length < ivBytes + tagBytes) throw new RangeError('shorter than its own frame');
  const decipher = createDecipheriv(algorithm, key, box.subarray(0, ivBytes), { authTagLength: tagBytes });
  decipher.setAAD(aad).setAuthTag(box.subarray(ivBytes, ivBytes + tagBytes));
  return Buffer.concat([decipher.update(box.subarray(ivBytes + tagBytes)), decipher.final()]);
}
