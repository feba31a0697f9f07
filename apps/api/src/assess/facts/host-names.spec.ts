import { describe, expect, it } from 'vitest';
import { entryOf, isHostName, mayBeSameHost } from './host-names.js';

const listed = (...names: string[]) => names.map((hostName) => ({ entry: { hostName } }));
const found = (names: string[], entries: string[], namesakes: string[] = []) => {
  const one = entryOf(names, listed(...entries), namesakes);
  return typeof one === 'string' ? one : one.entry.hostName;
};

describe('the entry that means a host', () => {
  it('has its name, whole or short, in any case', () => {
    expect(found(['proxy01'], ['PROXY01'])).toBe('PROXY01');
    expect(found(['proxy01'], ['proxy01.a.example'])).toBe('proxy01.a.example');
    expect(found(['proxy01.a.example'], ['proxy01', 'proxy02'])).toBe('proxy01');
    expect(found(['proxy01.a.example'], ['proxy01.b.example'])).toBe('none');
    expect(found(['proxy01.a.example'], ['proxy01.b.example', 'proxy01.A.example'])).toBe('proxy01.A.example');
  });

  it('is nobody where two entries may mean the host, or one may mean two hosts', () => {
    expect(found(['proxy01'], ['proxy01.a.example', 'proxy01.b.example'])).toBe('ambiguous');
    expect(found(['proxy01.a.example'], ['proxy01'], ['proxy01.b.example'])).toBe('ambiguous');
    expect(found(['proxy01.a.example'], ['proxy01.a.example'], ['proxy01'])).toBe('ambiguous');
    expect(found(['proxy01.a.example'], ['proxy01.a.example'], ['proxy01.b.example'])).toBe('proxy01.a.example');
  });
});

it('takes no address for a name', () => {
  expect(['10.0.0.7', 'fe80::1', 'localhost', ''].filter(isHostName)).toEqual([]);
  expect(isHostName('proxy-01.a.example')).toBe(true);
  expect(mayBeSameHost('10.0.0.7', '10.0.0.8')).toBe(false);
});
