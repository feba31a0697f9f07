import { expect, it } from 'vitest';
import { installedBinaries } from './binaries.js';

it('names the platform it has no binaries for, and the way out', () => {
  expect(() => installedBinaries('sunos-x64')).toThrow(
    expect.objectContaining({
      code: 'unsupported_platform',
      message: expect.stringMatching(/sunos-x64.*DATABASE_URL/),
    }),
  );
});
