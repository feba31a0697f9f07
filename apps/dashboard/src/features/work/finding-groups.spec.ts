import type { FindingGroup } from '@lunwarden/contract';
import { expect, it } from 'vitest';
import { idOf } from '../../testing/sample-host.js';
import { atLeastVms, statesText } from './finding-groups.js';

const hostOf = (n: number) =>
  ({ hostId: idOf(n), hostname: `h${n}`, severity: 'high', state: 'open' }) satisfies FindingGroup['hosts'][number];
const group: FindingGroup = {
  rule: 'automount-enabled',
  code: 'WIN-004',
  title: '',
  severity: 'high',
  states: { open: 2, acknowledged: 0, 'in-progress': 0, accepted: 1 },
  hosts: [hostOf(1), hostOf(2), hostOf(3)],
  total: 3,
};

it('never adds up VMs that two hosts may share', () => {
  expect(
    atLeastVms(
      group,
      new Map([
        [idOf(1), 40],
        [idOf(2), 283],
      ]),
    ),
  ).toBe(283);
  expect(atLeastVms({ ...group, hosts: [] }, new Map())).toBe(0);
});

it('names only the states in which there is work', () => {
  expect(statesText(group.states)).toBe('2 open, 1 risk accepted');
});
