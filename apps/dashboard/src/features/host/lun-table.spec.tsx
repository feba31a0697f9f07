import { type HostSummary, SeenLun } from '@lunwarden/contract';
import { cleanup, render, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { isHeard } from '../../ui/lun-state.js';
import { LunTable } from './lun-table.js';

afterEach(cleanup);

const lun = (device: string, differs: Partial<SeenLun>): SeenLun =>
  SeenLun.parse({
    device,
    keys: ['naa:60060160390e072c684c20d28714dcf8'],
    sizeBytes: '1099511627776',
    isVmfs: 'yes',
    state: 'offline-read-only',
    mounts: [],
    datastores: [],
    otherHosts: [],
    ...differs,
  });
const luns = [
  lun('Disk 0', { isVmfs: 'no', state: 'online-writable' }),
  lun('Disk 1', {}),
  lun('Disk 2', { state: 'array-read-only' }),
  lun('Disk 3', { state: 'online-writable' }),
];

function levels(isOld: boolean): (string | undefined)[] {
  render(<LunTable luns={luns} isOld={isOld} labelledBy="" />);
  return screen.getAllByTestId('lun-row').map((row) => {
    const icon = within(row).getAllByRole('cell')[0]?.querySelector('svg');
    return [...(icon?.classList ?? [])].find((name) => name.startsWith('sev-'));
  });
}

describe('the disks of a host', () => {
  it('look as what they are while the host is heard', () => {
    expect(levels(false)).toEqual(['sev-minimal', 'sev-low', 'sev-minimal', 'sev-critical']);
  });

  it('look harmless no more once the host is not heard, and a writable datastore stays one', () => {
    expect(levels(true)).toEqual(['sev-unknown', 'sev-unknown', 'sev-unknown', 'sev-critical']);
  });

  it.each<[HostSummary['state'], boolean]>([
    ['reporting', true],
    ['silent', true],
    ['stale', false],
    ['never-reported', false],
    ['identity-conflict', false],
  ])('of a host that is %s count as heard: %s', (state, expected) => {
    expect(isHeard({ state })).toBe(expected);
  });
});
