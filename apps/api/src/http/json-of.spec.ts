import { expect, test } from 'vitest';
import { jsonOf } from './json-of.js';

const bytes = (...parts: (string | number[])[]): Uint8Array =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))));

test('reads JSON, and nothing as undefined', () => {
  expect(jsonOf(bytes('{"a":["ü",1]}'))).toEqual({ a: ['ü', 1] });
  expect(jsonOf(bytes())).toBeUndefined();
});

test.each([
  ['half a character', bytes('{"a":"', [0xc3], '"}')],
  ['Latin-1', bytes('{"a":"', [0xe9], '"}')],
  ['a byte order mark', bytes([0xef, 0xbb, 0xbf], '{}')],
  ['UTF-16', Buffer.from('{"a":1}', 'utf16le')],
  ['an encoded surrogate', bytes('"', [0xed, 0xa0, 0x80], '"')],
  ['an escaped half character', bytes('{"a":"\\ud800x"}')],
  ['an escaped half character in a key', bytes('{"\\udc00":1}')],
  ['no JSON', bytes('{a:1}')],
  ['NaN', bytes('{"a":NaN}')],
  ['two documents', bytes('{}{}')],
  ['__proto__', bytes('{"__proto__":{"x":1}}')],
  ['an escaped __proto__', bytes('{"a":{"\\u005f_proto__":{"x":1}}}')],
  ['constructor.prototype', bytes('{"constructor":{"prototype":{"x":1}}}')],
  ['33 levels', bytes('['.repeat(33), ']'.repeat(33))],
  ['a million levels', bytes('['.repeat(1e6), ']'.repeat(1e6))],
])('refuses %s', (_, body) => {
  expect(() => jsonOf(body)).toThrowError(expect.objectContaining({ code: 'malformed_body' }));
  expect(({} as { x?: number }).x).toBeUndefined();
});

test('escaped whole characters are read', () => {
  expect(jsonOf(bytes('{"a":"\\ud83d\\ude00\\u00fc"}'))).toEqual({ a: '😀ü' });
});

test('brackets inside strings are not levels', () => {
  const value = { text: '[{'.repeat(100), quote: '\\"[[[', deep: [[[[]]]] };
  expect(jsonOf(bytes(JSON.stringify(value)))).toEqual(value);
});

test('32 levels are read', () => {
  expect(() => jsonOf(bytes('['.repeat(32), ']'.repeat(32)))).not.toThrow();
});
