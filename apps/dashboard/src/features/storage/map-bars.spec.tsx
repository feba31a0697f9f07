import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router';
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { sampleHost, sampleVcenter } from '../../testing/sample-host.js';
import { NowContext } from '../../ui/instant.js';
import { MapBars } from './map-bars.js';

afterEach(cleanup);

const now = Date.parse('2026-11-22T07:00:00Z');

async function textOf(props: Parameters<typeof MapBars>[0]): Promise<string> {
  const rootRoute = createRootRoute({
    component: () => (
      <NowContext value={now}>
        <main>
          <MapBars {...props} />
        </main>
      </NowContext>
    ),
  });
  const router = createRouter({ routeTree: rootRoute, history: createMemoryHistory() });
  render(<RouterProvider router={router as never} />);
  return (await screen.findByRole('main')).textContent ?? '';
}

it('says nothing while every map is new and every proxy told its disks', async () => {
  expect(await textOf({ vcenters: [sampleVcenter(1)], hosts: [sampleHost(1)] })).toBe('');
});

it('says that a map is old, and who imported it from what', async () => {
  const imported = { at: '2026-11-22T06:59:00Z', by: 'anna', file: 'export.xlsx' };
  const text = await textOf({
    vcenters: [sampleVcenter(1, { mapCollectedAt: '2026-11-20T07:00:00Z', imported })],
    hosts: [],
  });
  expect(text).toContain('2 days ago');
  expect(text).toContain('Imported by anna');
  expect(text).toContain('export.xlsx');
});

it('says that a map was imported also while it is new', async () => {
  const imported = { at: '2026-11-22T06:59:00Z', by: 'anna', file: null };
  const text = await textOf({ vcenters: [sampleVcenter(1, { imported })], hosts: [] });
  expect(text).toContain('came as a file. Imported by anna');
});

it('says that a vCenter has no map, and that a proxy hides what it sees', async () => {
  const vcenters = [sampleVcenter(1, { mapCollectedAt: null })];
  const text = await textOf({ vcenters, hosts: [sampleHost(1, { vmfsLuns: null })] });
  expect(text).toContain('vc-1.corp.example has no complete map');
  expect(text).toContain('1 proxy has not told which disks it sees');
});
