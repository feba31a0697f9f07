import { expect, test } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { version } from './product.js';

test('vCenter administrators see the version that is in package.json', () => {
  expect(manifest.version).toBe(version);
});
