import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';

/** The keyring cannot be used; the message says what to do. */
export class KeyringError extends Error {
  readonly code = 'keyring_refused';
}

type Key = { id: string; key: Buffer };

const keyBytes = 32;
/** Some thousand keys; a larger file is something else. */
const maxFileBytes = 262_144;

/**
 * The keys that wrap the secrets at rest: one a line, 32 random bytes in base64, the newest last; `#` starts a comment.
 * To change the key, add a line. A key's id is a fingerprint of it, so that lines may be moved and nobody numbers them.
 */
export class Keyring {
  private constructor(private readonly keys: readonly [Key, ...Key[]]) {}

  /** @throws KeyringError if the file is missing, readable by others, or holds anything but keys. */
  static async load(file: string): Promise<Keyring> {
    return Keyring.parse(await readPrivate(file), file);
  }

  /** @param from named in errors. @throws KeyringError */
  static parse(text: string, from: string): Keyring {
    const lines = text.split('\n').map((line) => line.trim());
    const keys = lines.flatMap((line, at) => (line === '' || line.startsWith('#') ? [] : [keyOf(line, at + 1, from)]));
    const [newest, ...older] = keys.reverse();
    if (newest === undefined)
      throw new KeyringError(`${from} holds no key: write 32 random bytes in base64 into it, on one line.`);
    return new Keyring([newest, ...older]);
  }

  /** With which new secrets are wrapped. */
  get newest(): Key {
    return this.keys[0];
  }

  /** @throws KeyringError for a key that was taken out of the file. */
  key(id: string): Key {
    const key = this.keys.find((one) => one.id === id);
    if (key === undefined)
      throw new KeyringError(`The keyring has no key ${id}: put back the line that was taken out.`);
    return key;
  }
}

/** The line itself is never told. */
function keyOf(line: string, lineNumber: number, from: string): Key {
  const key = Buffer.from(line, 'base64');
  if (key.length !== keyBytes || key.toString('base64').replace(/=+$/, '') !== line.replace(/=+$/, ''))
    throw new KeyringError(`${from}, line ${lineNumber}, is not 32 bytes in base64.`);
  return { id: createHash('sha256').update('lunwarden keyring\0').update(key).digest('hex').slice(0, 16), key };
}

async function readPrivate(path: string): Promise<string> {
  let file: FileHandle;
  try {
    file = await open(path, 'r');
  } catch (cause) {
    throw new KeyringError(`The keyring ${path} cannot be read: make it, or name another file.`, { cause });
  }
  try {
    const { mode, size } = await file.stat();
    // Windows has no such bits; there the folder's access list protects the file.
    if (process.platform !== 'win32' && (mode & 0o077) !== 0)
      throw new KeyringError(`Others may read the keyring ${path}: chmod 600 ${path}`);
    if (size > maxFileBytes) throw new KeyringError(`${path} is too large for a keyring.`);
    return await file.readFile('utf8');
  } finally {
    await file.close();
  }
}
