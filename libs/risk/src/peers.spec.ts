import { linuxFacts, windowsFacts } from '@lunwarden/sample-fleet';
import { describe, expect, it } from 'vitest';
import { type GuardCount, guardsOf, peersOf } from './peers.js';

const alike = (hosts: number): GuardCount => ({ sanPolicy: 'OfflineShared', automount: 'disabled', hosts });
const open = (hosts: number): GuardCount => ({ sanPolicy: 'OnlineAll', automount: 'enabled', hosts });
const silent = (hosts: number): GuardCount => ({ sanPolicy: null, automount: null, hosts });
const own = guardsOf(windowsFacts());

describe('how most others are set', () => {
  it('leaves the host itself out', () => {
    expect(peersOf([alike(3), open(2)], own)).toEqual({ count: 4, sanPolicy: null, automount: null });
    expect(peersOf([alike(3), open(2)], guardsOf(linuxFacts()))).toMatchObject({
      count: 5,
      sanPolicy: 'OfflineShared',
    });
  });

  it('is what more than half of them are', () => {
    expect(peersOf([alike(4), open(1)], own)).toEqual({ count: 4, sanPolicy: 'OfflineShared', automount: 'disabled' });
    expect(peersOf([alike(2), open(3)], own)).toMatchObject({ sanPolicy: 'OnlineAll', automount: 'enabled' });
  });

  it('is not known where those could turn it whose settings nobody knows', () => {
    expect(peersOf([alike(5), silent(3)], own)).toMatchObject({ sanPolicy: 'OfflineShared' });
    expect(peersOf([alike(4), silent(3)], own)).toBeUndefined();
    expect(peersOf([silent(9)], own)).toBeUndefined();
  });

  it('is nothing in a fleet of a few', () => {
    expect(peersOf([alike(3)], own)).toEqual({ count: 2, sanPolicy: null, automount: null });
    expect(peersOf([], own)).toMatchObject({ count: 0 });
  });
});
