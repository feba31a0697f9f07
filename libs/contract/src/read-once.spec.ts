import { describe, expect, it } from 'vitest';
import { readOnce } from './read-once.js';

const counted = () => {
  const texts: string[] = [];
  const read = readOnce((text) => {
    texts.push(text);
    return text.toUpperCase();
  });
  return { texts, read };
};

describe('a reading that is remembered', () => {
  it('reads a text once, and each text for itself', () => {
    const { texts, read } = counted();
    expect(['a', 'b', 'a', 'a'].map(read)).toEqual(['A', 'B', 'A', 'A']);
    expect(texts).toEqual(['a', 'b']);
  });

  it('does not keep a text that is too long', () => {
    const { texts, read } = counted();
    const long = 'x'.repeat(1_025);
    expect(read(long)).toBe(read(long));
    expect(texts).toHaveLength(2);
  });

  it('forgets before it grows without end', () => {
    const { texts, read } = counted();
    for (let at = 0; at <= 8_192; at++) read(`${at}`);
    read('8192');
    expect(texts).toHaveLength(8_193);
    read('0');
    expect(texts).toHaveLength(8_194);
  });
});
