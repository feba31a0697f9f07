import { linuxFact } from '../host-fact.js';
import { flag, mapTold, settled } from '../reading.js';
import type { Signals, Source } from '../signals.js';

/** Guards of a Linux host: LVM that leaves foreign volumes alone, multipath, and no foreign volume group in sight. */
export function linuxReadings(source: Source): Pick<Signals, 'lvmGuarded' | 'multipath' | 'foreignVolumes'> {
  if (source.platform === 'windows')
    return { lvmGuarded: settled(true), multipath: settled(true), foreignVolumes: settled(false) };
  const { observedAt } = source;
  return {
    lvmGuarded: flag(
      mapTold(
        linuxFact(source, (facts) => facts.lvmGuard),
        (guard) => guard !== 'none',
      ),
      {
        yes: 'LVM leaves disks of guests alone',
        no: 'LVM has neither a devices file nor a global_filter',
        name: 'The LVM guard is',
        source: '/etc/lvm',
        observedAt,
      },
      false,
    ),
    multipath: flag(
      mapTold(
        linuxFact(source, (facts) => facts.multipath),
        (state) => state === 'active',
      ),
      {
        yes: 'multipathd is active',
        no: 'multipathd is not active',
        name: 'Whether multipathd is active is',
        source: 'multipathd',
        observedAt,
      },
      false,
    ),
    foreignVolumes: flag(
      mapTold(
        linuxFact(source, (facts) => facts.foreignVolumeGroups),
        (groups) => groups.length > 0,
      ),
      {
        yes: 'Volume groups of guests are visible',
        no: 'No volume group of a guest is visible',
        name: 'Whether volume groups of guests are visible is',
        source: 'vgs',
        observedAt,
      },
    ),
  };
}
