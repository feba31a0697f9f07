import { hostOf, storyNow, vmfsDisk, windowsBootDisk, windowsFacts } from '@lunwarden/sample-fleet';
import { describe, expect, it } from 'vitest';
import { assess } from './assess.js';

type Disk = ReturnType<typeof vmfsDisk>;
const directSanOf = (disks: Disk[]) => {
  const host = hostOf(windowsFacts({ disks: { value: [windowsBootDisk(), ...disks] } }));
  return assess(host, storyNow).modes.find(({ mode }) => mode === 'direct-san');
};
const empty = (n: number): Disk => vmfsDisk(n, undefined, { partitionStyle: 'RAW', partitions: { value: [] } });

describe('Direct SAN', () => {
  it('is possible where a LUN carries VMFS, whatever else lies beside it', () => {
    expect(directSanOf([vmfsDisk(1), empty(90)])).toMatchObject({
      feasible: 'yes',
      feasibility: 'Sees 1 VMFS LUN; disks on vSAN or vVols stay out of its reach',
    });
  });

  it('is not known to be impossible where nobody knows what a LUN carries', () => {
    expect(directSanOf([empty(90), empty(91)])).toMatchObject({
      feasible: 'unknown',
      feasibility: 'Sees no LUN that is known to carry VMFS, and 2 with unknown contents',
    });
  });

  it('is impossible where the host sees none', () => {
    expect(directSanOf([])).toMatchObject({ feasible: 'no' });
  });
});
