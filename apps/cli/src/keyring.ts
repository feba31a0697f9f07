import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { CliError } from './cli-error.js';

/**
 * Makes the keyring on first use: 32 random bytes in base64, readable by this user alone. Stored vCenter passwords can be read with
 * it only, so it is never replaced.
 */
export function ensureKeyring(file: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    if (!existsSync(file)) makeKeyring(file);
  } catch (cause) {
    throw new CliError('keyring_not_writable', `The keyring ${file} cannot be made: make its directory writable.`, {
      cause,
    });
  }
}

// A link fails if a second copy was faster; unlike a rename it never replaces a key that is in use.
function makeKeyring(file: string): void {
  const half = `${file}.${process.pid}`;
  writeFileSync(half, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600 });
  try {
    linkSync(half, file);
  } catch (error) {
    if (!existsSync(file)) throw error;
  } finally {
    rmSync(half, { force: true });
  }
}
