import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkNode, isInstalled, sentenceOf } from './install.mjs';

describe('checkNode', () => {
  it.each(['18.20.0', '20.18.3', '21.7.0', '22.11.0'])('refuses %s', (version) => {
    expect(() => checkNode(version)).toThrow('install Node 24 LTS');
  });
  it.each(['20.19.0', '20.20.2'])('warns that %s is past its end of life', (version) => {
    expect(checkNode(version)).toContain('past its end of life');
  });
  it.each(['22.12.0', '24.0.0'])('has nothing to say about %s', (version) => {
    expect(checkNode(version)).toBeNull();
  });
});

describe('isInstalled', () => {
  let clone: string;
  const wanted = {
    '': {},
    'apps/api': { version: '0.1.0' },
    'node_modules/pg': { version: '8.0.0' },
    'node_modules/pg-mac': { version: '8.0.0', optional: true },
  };
  const write = (file: string, packages: object) => writeFileSync(join(clone, file), JSON.stringify({ packages }));
  beforeEach(() => {
    clone = mkdtempSync(join(tmpdir(), 'lunwarden-clone-'));
    write('package-lock.json', wanted);
  });
  afterEach(() => rmSync(clone, { recursive: true, force: true }));

  function unpack(version: string): void {
    mkdirSync(join(clone, 'node_modules/pg'), { recursive: true });
    write('node_modules/.package-lock.json', { 'node_modules/pg': { version } });
  }

  it('is false for a fresh clone', () => {
    expect(isInstalled(clone)).toBe(false);
  });
  it('is false after an install that was interrupted, which writes no account', () => {
    mkdirSync(join(clone, 'node_modules/pg'), { recursive: true });
    expect(isInstalled(clone)).toBe(false);
  });
  it('is true without the optional packages of other platforms', () => {
    unpack('8.0.0');
    expect(isInstalled(clone)).toBe(true);
  });
  it('is false when the lock file moved on', () => {
    unpack('7.9.9');
    expect(isInstalled(clone)).toBe(false);
  });
  it('is false when somebody deleted a package', () => {
    unpack('8.0.0');
    rmSync(join(clone, 'node_modules/pg'), { recursive: true });
    expect(isInstalled(clone)).toBe(false);
  });
});

describe('sentenceOf', () => {
  it.each([
    ['npm error code ENOTFOUND\nnpm error request failed', 'No network'],
    ['npm error code ENOSPC', 'No space left'],
    ['npm error code EACCES', 'not writable'],
    ['spawn npm ENOENT', 'npm is not found'],
  ])('gives one sentence for %j', (output, words) => {
    expect(sentenceOf(output)).toContain(words);
  });
  it('shows the last lines of what it does not know', () => {
    expect(sentenceOf('npm error strange')).toContain('npm error strange');
  });
});
