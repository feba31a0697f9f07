import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Keyring, KeyringError } from './keyring.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lunwarden-keyring-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const file = async (mode: number): Promise<string> => {
  const path = join(folder, `keyring-${mode.toString(8)}`);
  await writeFile(path, randomBytes(32).toString('base64'));
  await chmod(path, mode);
  return path;
};

it.each([0o600, 0o400])('reads a file that only its owner may read (%i)', async (mode) => {
  await expect(Keyring.load(await file(mode))).resolves.toBeInstanceOf(Keyring);
});

it.skipIf(process.platform === 'win32').each([0o644, 0o640, 0o660, 0o604])(
  'refuses a file that others may read or write (%i)',
  async (mode) => {
    await expect(Keyring.load(await file(mode))).rejects.toBeInstanceOf(KeyringError);
  },
);

it('says what is missing when there is no file', async () => {
  await expect(Keyring.load(join(folder, 'none'))).rejects.toMatchObject({ code: 'keyring_refused' });
});
