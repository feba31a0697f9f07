import { linuxFacts, windowsFacts } from '@lunwarden/sample-fleet';
import { describe, expect, it } from 'vitest';
import { type GuardCount, guardsOf, peersOf } from './peers.js';

const alike = (hosts: number): GuardCount => ({ sanPolicy: 'OfflineShared', automount: 'disabled', hosts });
const open = (hosts: number): GuardCount => ({ sanPolicy: 'OnlineAll', automount: 'enabled', hosts });
const silent = (hosts: number): GuardCount => ({ sanPolicy: null, automount: null, hosts });

describe('how most others are set', () => {
  it('leaves the host itself out', () => {
    expect(peersOf([alike(3), open(2)], guardsOf(windowsFacts()))).toEqual({
      count: 4,
      sanPolicy: null,
      automount: null,
    });
    expect(peersOf([alike(3), open(2)], guardsOf(linuxFacts()))).toMatchObject({
      count: 5,
      sanPolicy: 'OfflineShared',
    });
  });

  it('is what more than half of them are', () => {
    expect(peersOf([alike(4), open(1)], guardsOf(windowsFacts()))).toEqual({
      count: 4,
      sanPolicy: 'OfflineShared',
      automount: 'disabled',
    });
    expect(peersOf([alike(2), open(3)], guardsOf(windowsFacts()))).toMatchObject({
      sanPolicy: 'OnlineAll',
      automount: 'enabled',
    });
  });

  it('is not known where those could turn it whose settings nobody knows', () => {
    expect(peersOf([alike(5), silent(3)], guardsOf(windowsFacts()))).toMatchObject({ sanPolicy: 'OfflineShared' });
    expect(peersOf([alike(4), silent(3)], guardsOf(windowsFacts()))).toBeUndefined();
    expect(peersOf([silent(9)], guardsOf(windowsFacts()))).toBeUndefined();
  });

  it('counts a host by its guards as they are, and one of another system not at all', () => {
    expect(guardsOf(windowsFacts({ automount: { value: 'enabled' }, sanPolicy: { unknown: 'denied' } }))).toEqual({
      sanPolicy: null,
      automount: 'enabled',
    });
    expect(guardsOf(linuxFacts())).toBeNull();
  });

  it('is nothing in a fleet of a few', () => {
    expect(peersOf([alike(3)], guardsOf(windowsFacts()))).toEqual({ count: 2, sanPolicy: null, automount: null });
    expect(peersOf([], guardsOf(windowsFacts()))).toMatchObject({ count: 0 });
  });
});
