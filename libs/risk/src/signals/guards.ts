import { windowsFact } from '../host-fact.js';
import { type Automount, isWeakPolicy } from '../model.js';
import { grade, type Reading, settled, type Told } from '../reading.js';
import type { Signals, Source } from '../signals.js';

/** SAN policy and automount: the two guards that Windows sets for the whole host. Linux has neither. */
export function guardReadings(source: Source): Pick<Signals, 'sanPolicy' | 'automount'> {
  const { observedAt } = source;
  if (source.platform === 'linux')
    return { sanPolicy: settled('OfflineShared'), automount: settled('disabled-scrubbed') };
  return {
    sanPolicy: grade(
      windowsFact(source, (facts) => facts.sanPolicy),
      {
        worst: 'OnlineAll',
        best: 'OfflineAll',
        isBad: isWeakPolicy,
        say: (policy) => `SAN policy is ${policy}`,
        name: 'SAN policy is',
        source: 'MSFT_StorageSetting.NewDiskPolicy',
        observedAt,
      },
    ),
    automount: automountOf(
      windowsFact(source, (facts) => facts.automount),
      windowsFact(source, (facts) => facts.staleMountPoints),
      observedAt,
    ),
  };
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
    name: 'Automount is',
    source: 'MountMgr\\NoAutoMount',
    observedAt,
  });
  const isOff = setting.kind === 'certain' && setting.value === 'disabled';
  if (!isOff || (staleMountPoints.kind !== 'unknown' && staleMountPoints.value > 0)) return reading;
  const isScrubbed = staleMountPoints.kind === 'certain';
  return { ...reading, worst: isScrubbed ? 'disabled-scrubbed' : 'disabled', best: 'disabled-scrubbed' };
}
