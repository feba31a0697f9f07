import { expect, test } from 'vitest';
import { GapList } from './gap-list.js';

test('the same gap counts once, and ten thousand end in a number', () => {
  const gaps = new GapList();
  for (let at = 0; at < 10_005; at++) gaps.add({ kind: 'VirtualMachine', id: `vm-${at}` }, 'name', 'NoPermission');
  gaps.add('VirtualMachine:vm-0', 'name', 'again');
  expect(gaps.toArray()).toHaveLength(10_001);
  expect(gaps.toArray().at(-1)).toEqual({ object: '*', path: '*', reason: 'and 5 more gaps' });
});
