import { describe, expect, it } from 'vitest';
import { Turns } from './turns.js';

describe('turns', () => {
  it('takes the host that waits longest, and nobody before its time', () => {
    const turns = new Turns();
    turns.call('late', 200);
    turns.call('early', 100);
    expect(turns.take(50)).toBeNull();
    expect(turns.take(250)).toBe('early');
    expect(turns.take(250)).toBe('late');
    expect(turns.take(250)).toBeNull();
  });

  it('never lets a host speak twice at once, and loses no call meanwhile', () => {
    const turns = new Turns();
    turns.call('one', 0);
    expect(turns.take(10)).toBe('one');
    turns.call('one', 11);
    expect(turns.take(20)).toBeNull();
    turns.done('one', 99_999, 20);
    expect(turns.take(20)).toBe('one');
    turns.done('one', 99_999, 30);
    expect(turns.take(40)).toBeNull();
  });

  it('lets a silent host wait for ever, until it is called', () => {
    const turns = new Turns();
    turns.call('silent', Number.POSITIVE_INFINITY);
    expect(turns.take(Number.MAX_SAFE_INTEGER)).toBeNull();
    turns.call('silent', 5);
    expect(turns.take(5)).toBe('silent');
  });
});
