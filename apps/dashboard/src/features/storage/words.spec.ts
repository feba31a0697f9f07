import { expect, it } from 'vitest';
import { sampleHost } from '../../testing/sample-host.js';
import { levelOf, sightsText, visibilityOf, worstState } from './words.js';

const sight = (n: number, state: Parameters<typeof worstState>[0][number]['state']) => ({ host: sampleHost(n), state });
const lun = (keys: string[]) => ({ diskName: 'naa.6', keys: keys as never[] });

it('counts proxies by state, worst first', () => {
  const sights = [
    sight(1, 'offline-read-only'),
    sight(2, 'unknown'),
    sight(3, 'offline-read-only'),
    sight(4, 'online-writable'),
  ];
  expect(sightsText(sights)).toBe('1 online and writable, 1 in a state nobody knows, 2 offline, read-only');
  expect(worstState(sights)).toBe('online-writable');
});

it('never takes "cannot be told" for "nobody sees it"', () => {
  const of = (luns: ReturnType<typeof lun>[], type: 'VMFS' | 'NFS' = 'VMFS') =>
    visibilityOf({ luns, sights: [], type });
  expect(of([lun(['naa:6'])])).toBe('unseen');
  expect(of([lun(['naa:6']), lun([])])).toBe('not-told');
  expect(of([])).toBe('not-told');
  expect(of([], 'NFS')).toBe('no-lun');
  expect(levelOf('not-told', [])).toBe('unknown');
});
