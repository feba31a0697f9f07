import { cleanup, render, screen, within } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { LunList } from './lun-list.js';

afterEach(cleanup);

type Props = Parameters<typeof LunList>[0];
const [one, two] = ['naa.60060160271d481d6f45000000000001', 't10.LOCAL'];
const datastore: Props['datastore'] = {
  id: 'vc/datastore-1',
  name: 'DS-1',
  vcenters: ['vc-1'],
  type: 'VMFS',
  vmfsUuid: null,
  capacityBytes: null,
  accessible: true,
  vms: 0,
  luns: [
    { diskName: one, keys: ['naa:60060160271d481d6f45000000000001' as never] },
    { diskName: two, keys: [] },
  ],
  sights: [],
  mapCollectedAt: '2026-11-22T07:00:00Z',
};
const hardware = [{ diskName: one, vendor: 'DGC', model: 'VRAID', subsystemNqn: null }];
const path = (name: string, state: 'dead' | 'disabled') => ({
  diskName: one,
  host: 'esx-1',
  vcenter: 'vc-1',
  name,
  state,
});

it('names the hardware of a LUN where it is known, and the LUN that no proxy can be joined with', () => {
  render(<LunList datastore={datastore} hardware={hardware} idlePaths={[]} />);
  const [known, unknown] = screen.getAllByTestId('lun');
  expect(known?.textContent).toContain('DGC VRAID');
  expect(unknown?.textContent).toContain('no proxy can be joined');
  expect(screen.queryByTestId('idle-paths')).toBeNull();
});

it('counts the paths that carry nothing, and warns of the dead ones', () => {
  const paths = [path('vmhba2:C0:T0:L1', 'dead'), path('vmhba3:C0:T0:L1', 'disabled')];
  render(<LunList datastore={datastore} hardware={[]} idlePaths={paths} />);
  const box = screen.getByTestId('idle-paths');
  expect(box.textContent).toContain('2 paths of ESXi hosts carry nothing, 1 of them dead');
  expect(box.className).toContain('sev-high');
  expect(within(box).getAllByRole('row', { hidden: true })).toHaveLength(3);
  cleanup();
  render(<LunList datastore={datastore} hardware={[]} idlePaths={[path('vmhba3:C0:T0:L1', 'disabled')]} />);
  expect(screen.getByTestId('idle-paths').className).not.toContain('sev-');
});

it('says nothing of LUNs where a datastore has none', () => {
  const { container } = render(<LunList datastore={{ ...datastore, luns: [] }} hardware={[]} idlePaths={[]} />);
  expect(container.textContent).toBe('');
});
