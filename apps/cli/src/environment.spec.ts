import { describe, expect, it } from 'vitest';
import { readEnvironment } from './environment.js';

describe('what the environment does not say', () => {
  it('is this machine only, port 8420, the embedded database, a home in the project', () => {
    expect(readEnvironment({})).toMatchObject({ host: '127.0.0.1', port: 8420, databaseUrl: null, role: 'all' });
    expect(readEnvironment({}).home).toMatch(/\.lunwarden$/);
  });

  it('may also be said as an empty text, as compose files do', () => {
    expect(readEnvironment({ DATABASE_URL: '', LUNWARDEN_PORT: '' })).toMatchObject({ databaseUrl: null, port: 8420 });
  });
});

it('reads trusted origins as a list', () => {
  const { trustedOrigins } = readEnvironment({ LUNWARDEN_TRUSTED_ORIGINS: 'https://a.example, https://b.example' });
  expect(trustedOrigins).toEqual(['https://a.example', 'https://b.example']);
});

describe('what makes no sense', () => {
  it.each([{ LUNWARDEN_PORT: '0' }, { LUNWARDEN_ROLE: 'boss' }])('is refused by name: %o', (variables) => {
    expect(() => readEnvironment(variables)).toThrow(Object.keys(variables)[0]);
  });

  it('does not repeat the password of a database that it refuses', () => {
    const read = () => readEnvironment({ DATABASE_URL: 'mysql://me:hunter2@db/x' });
    expect(read).toThrow('DATABASE_URL');
    expect(read).not.toThrow('hunter2');
  });
});
