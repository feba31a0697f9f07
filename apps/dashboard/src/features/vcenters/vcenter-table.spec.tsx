import { QueryClientProvider } from '@tanstack/react-query';
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { DataContext, makeData } from '../../data/context.js';
import '../../testing/browser-stubs.js';
import { MantineProvider } from '@mantine/core';
import { sampleVcenter } from '../../testing/sample-host.js';
import { NowContext } from '../../ui/instant.js';
import { VcenterTable } from './vcenter-table.js';

afterEach(cleanup);

const now = Date.parse('2026-11-22T07:00:00Z');

function show(differs: Parameters<typeof sampleVcenter>[1], mayWrite = true): HTMLElement {
  const data = makeData();
  render(
    <MantineProvider>
      <QueryClientProvider client={data.cache}>
        <DataContext value={data}>
          <NowContext value={now}>
            <VcenterTable vcenters={[sampleVcenter(1, differs)]} mayWrite={mayWrite} />
          </NowContext>
        </DataContext>
      </QueryClientProvider>
    </MantineProvider>,
  );
  return screen.getByTestId('vcenter');
}
const imported = { at: '2026-11-22T06:59:00Z', by: 'anna', file: 'export.xlsx' };

it('shows of an import the age of its export and who brought it, and calls an old one no proof', () => {
  show({ imported, mapCollectedAt: '2026-11-20T07:00:00Z' });
  const mark = screen.getByTestId('imported');
  expect(mark.textContent).toMatch(/exported 2 days ago, brought by anna on .* as export\.xlsx.*no proof/);
  expect(mark.className).toContain('hatch');
});

it('collects nothing of a vCenter that is known by files alone', () => {
  const card = show({ imported, url: 'rvtools:5f2b1c3d' });
  expect(card.textContent).toContain('Known by files alone');
  expect(screen.queryByRole('button', { name: 'Collect now' })).toBeNull();
});

it('asks to confirm a map that is held back, and only who may', () => {
  const heldBack = { heldBack: { hosts: 3, vms: 0 }, hosts: 10, datastores: 7, vms: 200, lastError: 'It shows less.' };
  show(heldBack, false);
  const told = screen.getByTestId('held-back').textContent;
  expect(told).toContain('3 ESXi hosts instead of 10');
  expect(told).toContain('0 VMs instead of 200');
  expect(told).not.toContain('datastores');
  expect(screen.queryByRole('button', { name: 'Confirm the loss' })).toBeNull();
  cleanup();
  show(heldBack);
  expect(screen.getByRole('button', { name: 'Confirm the loss' })).toBeTruthy();
});

it('says what is confirmed while it waits for the map, and asks no second time', () => {
  const losses = { hosts: 3, vms: 0 };
  show({ heldBack: losses, confirmed: losses, confirmedUntil: '2026-11-22T09:00:00Z' });
  expect(screen.getByTestId('confirmed').textContent).toMatch(
    /Confirmed: 3 ESXi hosts and 0 VMs, until 22 Nov 2026, .* \(in 2 hr\)\./,
  );
  expect(screen.queryByTestId('held-back')).toBeNull();
});

it('asks again once the end of a confirmation has come', () => {
  const losses = { hosts: 3 };
  for (const confirmedUntil of ['2026-11-22T07:00:00Z', undefined]) {
    show({ heldBack: losses, confirmed: losses, ...(confirmedUntil === undefined ? {} : { confirmedUntil }) });
    expect(screen.queryByTestId('confirmed')).toBeNull();
    expect(screen.getByTestId('held-back')).toBeTruthy();
    cleanup();
  }
});

it('says nothing of imports and losses where there are none', () => {
  show({});
  expect(screen.queryByTestId('imported')).toBeNull();
  expect(screen.queryByTestId('held-back')).toBeNull();
});

it('draws no map as good that is too old to prove anything', () => {
  expect(show({ mapCollectedAt: '2026-11-22T04:59:00Z' }).textContent).toContain('Complete, but too old');
  cleanup();
  expect(show({}).textContent).not.toContain('too old');
});
