import type { Known, WindowsFacts } from '@lunwarden/contract';
import type { Automount } from '../model.js';
import { grade, type Reading, settled, type Told, told } from '../reading.js';
import type { Signals, Source } from '../signals.js';

/** SAN policy and automount: the two guards that Windows sets for the whole host. Linux has neither. */
export function guardReadings(source: Source): Pick<Signals, 'sanPolicy' | 'automount'> {
  const { report } = source.facts;
  if (source.platform === 'linux')
    return { sanPolicy: settled('OfflineShared'), automount: settled('disabled-scrubbed') };
  const read = <T>(fact: (facts: WindowsFacts) => Known<T>): Told<T> => windowsFact(source, fact);
  const observedAt = report?.observedAt ?? null;
  return {
    sanPolicy: grade(
      read((facts) => facts.sanPolicy),
      {
        worst: 'OnlineAll',
        best: 'OfflineAll',
        isBad: (policy) => policy === 'OnlineAll' || policy === 'OfflineInternal',
        say: (policy) => `SAN policy is ${policy}`,
        name: 'SAN policy',
        source: 'MSFT_StorageSetting.NewDiskPolicy',
        observedAt,
      },
    ),
    automount: automountOf(
      read((facts) => facts.automount),
      read((facts) => facts.staleMountPoints),
      observedAt,
    ),
  };
}

function windowsFact<T>({ facts: { report }, trusts }: Source, fact: (facts: WindowsFacts) => Known<T>): Told<T> {
  if (report?.facts.platform !== 'windows') return { kind: 'unknown', why: 'never_reported' };
  const { facts, remembered } = report;
  return told(fact(facts), fact(remembered.platform === 'windows' ? remembered : facts), trusts.hostState);
}

/** Automount counts as scrubbed only while somebody saw that no remembered mount point is left. */
function automountOf(
  setting: Told<'enabled' | 'disabled'>,
  staleMountPoints: Told<number>,
  observedAt: string | null,
): Reading<Automount> {
  const reading = grade<Automount>(setting, {
    worst: 'enabled',
    best: 'disabled-scrubbed',
    isBad: (value) => value === 'enabled',
    say: (value) => `Automount is ${value}`,
    name: 'Automount',
    source: 'MountMgr\\NoAutoMount',
    observedAt,
  });
  const isOff = setting.kind === 'certain' && setting.value === 'disabled';
  if (!isOff || (staleMountPoints.kind !== 'unknown' && staleMountPoints.value > 0)) return reading;
  const isScrubbed = staleMountPoints.kind === 'certain';
  return { ...reading, worst: isScrubbed ? 'disabled-scrubbed' : 'disabled', best: 'disabled-scrubbed' };
}
