// @vitest-environment node
import { expect, it } from 'vitest';
import { sampleHost } from '../testing/sample-host.js';
import { nextOrder, orderOf, sorted, sortText, worstFirst } from './hosts-order.js';

const names = (hosts: { hostname: string }[]) => hosts.map(({ hostname }) => hostname.slice(-2));

it('starts with the worst host, whatever the URL says that it does not know', () => {
  expect(orderOf(undefined)).toEqual(worstFirst);
  expect(orderOf('-toString')).toEqual(worstFirst);
  expect(orderOf('vms')).toEqual({ key: 'vms', isDescending: false });
});

it('reads its own text', () => {
  for (const order of [worstFirst, { key: 'luns', isDescending: true }, { key: 'os', isDescending: false }] as const) {
    expect(orderOf(sortText(order))).toEqual(order);
  }
});

it('turns round on the second click', () => {
  const once = nextOrder(worstFirst, 'vms');
  expect(once).toEqual({ key: 'vms', isDescending: true });
  expect(nextOrder(once, 'vms')).toEqual({ key: 'vms', isDescending: false });
  expect(nextOrder(once, 'hostname').isDescending).toBe(false);
});

it('does not hide hosts with unknown disks at the harmless end of the list', () => {
  const hosts = [
    sampleHost(1, { writableLuns: 2 }),
    sampleHost(2, { vmfsLuns: null, writableLuns: null }),
    sampleHost(3, { writableLuns: 0 }),
  ];
  expect(names(sorted(hosts, { key: 'luns', isDescending: true }))).toEqual(['02', '01', '03']);
});

it('sorts by level before score: a proven 89 stands above an unknown 100', () => {
  const hosts = [
    sampleHost(1, { level: 'high', score: 88 }),
    sampleHost(2, { level: 'unknown', score: 100 }),
    sampleHost(3, { level: 'critical', score: 85 }),
    sampleHost(4, { level: 'minimal', score: 3 }),
    sampleHost(5, { level: 'critical', score: 89 }),
  ];
  expect(names(sorted(hosts, worstFirst))).toEqual(['05', '03', '02', '01', '04']);
});

it('keeps equal hosts in the order of their names, in both directions', () => {
  const hosts = [3, 1, 2].map((n) => sampleHost(n, { score: 50 }));
  expect(names(sorted(hosts, worstFirst))).toEqual(['01', '02', '03']);
  expect(names(sorted(hosts, { key: 'score', isDescending: false }))).toEqual(['01', '02', '03']);
});
