import { fleetOf } from '@lunwarden/live';
import { QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, render } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { sampleHost } from '../testing/sample-host.js';
import { DataContext, makeData } from './context.js';
import { useFleetView, viewAt } from './fleet-view.js';
import { fleetKey } from './keys.js';

const now = '2026-11-22T07:00:00Z';
beforeEach(() => void vi.useFakeTimers({ now: Date.parse(now) }));
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

function Levels() {
  const { data } = useFleetView();
  return (
    <p>
      {data?.hosts.map(({ level, state }) => `${level} ${state}`).join()} {String(data?.vmsAtRisk.isComplete)}
    </p>
  );
}

it('greys a host at validUntil by the page’s own timer, with no socket and no server', async () => {
  const data = makeData();
  data.clock.tell(now);
  const host = sampleHost(1, { validUntil: '2026-11-22T07:00:20Z', lastReportAt: now, observedAt: now });
  data.cache.setQueryData(
    fleetKey,
    fleetOf({ seq: 1, hosts: [host], vcenters: [], vmsAtRisk: { count: 0, isComplete: true } }),
  );
  const { container } = render(
    <QueryClientProvider client={data.cache}>
      <DataContext value={data}>
        <Levels />
      </DataContext>
    </QueryClientProvider>,
  );
  await act(() => vi.advanceTimersByTimeAsync(19_900));
  expect(container.textContent).toBe('minimal reporting true');
  await act(() => vi.advanceTimersByTimeAsync(200));
  // What it could reach is no longer known either.
  expect(container.textContent).toMatch(/^unknown \S+ false$/);
});

it('keeps bad news for ever: what is critical does not expire', () => {
  const host = sampleHost(1, { level: 'critical' });
  const fleet = fleetOf({ seq: 1, hosts: [host], vcenters: [], vmsAtRisk: { count: 3, isComplete: true } });
  const view = viewAt(fleet, Date.parse('2027-01-01T00:00:00Z'));
  expect(view.hosts[0]?.level).toBe('critical');
  expect(view.vmsAtRisk).toEqual({ count: 3, isComplete: true });
});
