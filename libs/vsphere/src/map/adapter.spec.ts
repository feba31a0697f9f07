import { expect, test } from 'vitest';
import { worldWideName } from './adapter.js';

// 1152922127287604726 is 1152922127287604700 as a JavaScript number.
test.each([
  ['1152922127287604726', '10000090faaa55f6'],
  ['-9223372036854775808', '8000000000000000'],
  ['-1', 'ffffffffffffffff'],
  ['0', '0000000000000000'],
])('the signed decimal %s is the WWN %s', (decimal, wwn) => expect(worldWideName(decimal)).toBe(wwn));

test.each([null, '', '1e5', '0x10', '1 '])('%s is no WWN', (text) => expect(worldWideName(text)).toBeNull());
