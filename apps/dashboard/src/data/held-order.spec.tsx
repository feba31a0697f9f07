import type { HostSummary } from '@lunwarden/contract';
import { act, cleanup, renderHook } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { sampleHost } from '../testing/sample-host.js';
import { useHeldOrder } from './held-order.js';
import { sorted, worstFirst } from './hosts-order.js';

afterEach(cleanup);

type Props = { hosts: HostSummary[]; view: string; isHeld: boolean };
const hold = (initialProps: Props) =>
  renderHook(({ hosts, view, isHeld }: Props) => useHeldOrder(sorted(hosts, worstFirst), view, isHeld), {
    initialProps,
  });
const names = (rows: readonly HostSummary[]) => rows.map(({ hostname }) => hostname.slice(-2));

const calm = [sampleHost(1, { score: 9 }), sampleHost(2, { score: 8 }), sampleHost(3, { score: 7 })];
const stormy = [calm[0], calm[1], sampleHost(3, { level: 'critical', score: 90 })] as HostSummary[];

it('lets no row move under the pointer, shows its new values there, and offers to sort again', () => {
  const { result, rerender } = hold({ hosts: calm, view: '', isHeld: true });
  rerender({ hosts: stormy, view: '', isHeld: true });
  expect(names(result.current.rows)).toEqual(['01', '02', '03']);
  expect(result.current.rows[2]?.level).toBe('critical');
  expect(result.current.hasMoved).toBe(true);
  act(() => result.current.resort());
  expect(names(result.current.rows)).toEqual(['03', '01', '02']);
  expect(result.current.hasMoved).toBe(false);
});

it('sorts at once when nobody points at a row, and when another view is asked for', () => {
  const { result, rerender } = hold({ hosts: calm, view: '', isHeld: true });
  rerender({ hosts: stormy, view: 'sort=-vms', isHeld: true });
  expect(names(result.current.rows)).toEqual(['03', '01', '02']);
  rerender({ hosts: calm, view: 'sort=-vms', isHeld: false });
  expect(names(result.current.rows)).toEqual(['01', '02', '03']);
});

it('shows hosts that came meanwhile behind the others, and drops those that went', () => {
  const { result, rerender } = hold({ hosts: calm, view: '', isHeld: true });
  rerender({ hosts: [sampleHost(4, { level: 'critical' }), ...calm.slice(1)], view: '', isHeld: true });
  expect(names(result.current.rows)).toEqual(['02', '03', '04']);
});
