import { expect, test } from 'vitest';
import { OwnSite, TrustedOriginError } from './site.js';

const plain = new OwnSite([]);
const behindTls = new OwnSite(['https://lunwarden.example', 'http://localhost:5173']);
const host = 'lunwarden.example:8420';

test.each([
  [plain, `http://${host}`, true],
  [plain, `https://${host}`, false],
  [plain, `http://${host}.evil.com`, false],
  [plain, `http://evil.com/${host}`, false],
  [plain, 'http://lunwarden.example', false],
  [plain, `HTTP://${host}`, false],
  [plain, `http://${host}/`, false],
  [plain, 'null', false],
  [plain, '', false],
  [plain, undefined, false],
  [behindTls, 'https://lunwarden.example', true],
  [behindTls, 'http://lunwarden.example', false],
  [behindTls, 'http://localhost:5173', true],
  [behindTls, `https://${host}`, true],
  [behindTls, `http://${host}`, false],
  [behindTls, 'https://sub.lunwarden.example', false],
])('knows its own pages %#: %s', (site, origin, isOwn) => {
  expect(site.includes(origin, host)).toBe(isOwn);
});

test('without a Host header only listed origins are own', () => {
  expect(plain.includes('http://undefined', undefined)).toBe(false);
  expect(behindTls.includes('https://lunwarden.example', undefined)).toBe(true);
});

test('an origin is read as people write it, and refused if it is none', () => {
  expect(new OwnSite(['HTTPS://Lunwarden.Example:443/']).includes('https://lunwarden.example', host)).toBe(true);
  for (const wrong of ['lunwarden.example', '*', 'file:///srv', ''])
    expect(() => new OwnSite([wrong])).toThrow(TrustedOriginError);
});

test('fetch metadata outweighs Origin', () => {
  expect(plain.of({ 'sec-fetch-site': 'cross-site', origin: `http://${host}`, host })).toBe('other');
  expect(plain.of({ 'sec-fetch-site': 'same-origin', origin: 'https://evil.example', host })).toBe('own');
  expect(plain.of({ host })).toBe('unsaid');
});
