import type { StorageDatastore } from '@lunwarden/contract';
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router';
import { cleanup, render, screen, within } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import '../../testing/browser-stubs.js';
import { NowContext } from '../../ui/instant.js';
import { DatastoreTable } from './datastore-table.js';
import { DoubtBars } from './doubt-bars.js';

// Without a height the table would have no room for a row.
beforeAll(() => void vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(600));
afterAll(() => vi.restoreAllMocks());
afterEach(cleanup);

const datastore = (name: string, doubts?: StorageDatastore['doubts']): StorageDatastore => ({
  id: `vc/${name}`,
  name,
  vcenters: ['vc-1'],
  type: 'VMFS',
  vmfsUuid: null,
  capacityBytes: null,
  accessible: true,
  vms: 12,
  luns: [],
  sights: [],
  mapCollectedAt: '2026-11-22T07:00:00Z',
  ...(doubts === undefined ? {} : { doubts }),
});

async function shown(children: ReactNode): Promise<HTMLElement> {
  const rootRoute = createRootRoute({
    component: () => (
      <NowContext value={Date.parse('2026-11-22T07:00:00Z')}>
        <main>{children}</main>
      </NowContext>
    ),
  });
  const router = createRouter({ routeTree: rootRoute, history: createMemoryHistory() });
  render(<RouterProvider router={router as never} />);
  return screen.findByRole('main');
}

describe('a datastore that the maps cannot vouch for', () => {
  it('is marked in the list, with why, and no other is', async () => {
    const datastores = [datastore('sure'), datastore('old', ['stale', 'new-generation'])];
    await shown(
      <DatastoreTable
        datastores={datastores.map((one) => ({ datastore: one, sights: [] }))}
        total={2}
        onEnd={() => undefined}
      />,
    );
    const [sure, old] = await screen.findAllByTestId('datastore-row');
    expect(within(sure!).queryByTestId('doubt-mark')).toBeNull();
    expect(within(old!).getByTestId('doubt-mark').textContent).toContain(
      'In doubt: no host that mounts it is connected; its LUN carried something else before.',
    );
  });

  it('says on its page why, and of a copy what may come of it', async () => {
    const page = await shown(<DoubtBars datastore={datastore('both', ['stale', 'copy'])} />);
    expect(within(page).getByTestId('copy-mark').textContent).toContain('snapshot or replica');
    expect(within(page).getByTestId('doubts').textContent).toBe('In doubt: no host that mounts it is connected.');
  });

  it('has nothing said against it where the server says nothing', async () => {
    expect((await shown(<DoubtBars datastore={datastore('sure')} />)).textContent).toBe('');
  });
});
