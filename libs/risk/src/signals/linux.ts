import type { Known, LinuxFacts } from '@lunwarden/contract';
import { grade, mapTold, settled, type Told, told } from '../reading.js';
import type { Signals, Source } from '../signals.js';

/** Guards of a Linux host: LVM that leaves foreign volumes alone, multipath, and no foreign volume group in sight. */
export function linuxReadings(source: Source): Pick<Signals, 'lvmGuarded' | 'multipath' | 'foreignVolumes'> {
  const { report } = source.facts;
  if (source.platform === 'windows')
    return { lvmGuarded: settled(true), multipath: settled(true), foreignVolumes: settled(false) };
  const observedAt = report?.observedAt ?? null;
  return {
    lvmGuarded: grade(
      mapTold(
        linuxFact(source, (facts) => facts.lvmGuard),
        (guard) => guard !== 'none',
      ),
      {
        worst: false,
        best: true,
        isBad: (isGuarded) => !isGuarded,
        say: (isGuarded) =>
          isGuarded ? 'LVM leaves disks of guests alone' : 'LVM has neither a devices file nor a global_filter',
        name: 'The LVM guard',
        source: '/etc/lvm',
        observedAt,
      },
    ),
    multipath: grade(
      mapTold(
        linuxFact(source, (facts) => facts.multipath),
        (state) => state === 'active',
      ),
      {
        worst: false,
        best: true,
        isBad: (isActive) => !isActive,
        say: (isActive) => (isActive ? 'multipathd is active' : 'multipathd is not active'),
        name: 'Multipath',
        source: 'multipathd',
        observedAt,
      },
    ),
    foreignVolumes: grade(
      mapTold(
        linuxFact(source, (facts) => facts.foreignVolumeGroups),
        (groups) => groups.length > 0,
      ),
      {
        worst: true,
        best: false,
        isBad: (areThere) => areThere,
        say: (areThere) => (areThere ? 'Volume groups of guests are visible' : 'No volume group of a guest is visible'),
        name: 'Foreign volume groups',
        source: 'vgs',
        observedAt,
      },
    ),
  };
}

function linuxFact<T>({ facts: { report }, trusts }: Source, fact: (facts: LinuxFacts) => Known<T>): Told<T> {
  if (report?.facts.platform !== 'linux') return { kind: 'unknown', why: 'never_reported' };
  const { facts, remembered } = report;
  return told(fact(facts), fact(remembered.platform === 'linux' ? remembered : facts), trusts.hostState);
}
