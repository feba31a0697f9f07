import type { Evidence } from '@lunwarden/contract';
import type { Lun } from '../lun.js';
import type { LunState } from '../model.js';
import { type Reading, reasonWords } from '../reading.js';
import { endsOfSight, type SightEnds, sightOfAll } from '../sight.js';
import type { Signals, Source } from '../signals.js';

type LunReadings = Pick<Signals, 'visibleLuns' | 'luns' | 'overwritten' | 'reach'>;

/** Everything that a LUN list nobody could read might hide. */
const everything = { vms: Number.POSITIVE_INFINITY, datastores: Number.POSITIVE_INFINITY };

export function lunReadings(source: Source): LunReadings {
  const { luns, vmfs, observedAt } = source;
  const certain = luns.kind === 'certain';
  const ends = endsOfSight(sightOfAll(vmfs), certain);
  const why = luns.kind === 'certain' ? '' : reasonWords[luns.why];
  const hides = (name: string): Pick<Reading<never>, 'text' | 'evidence'> =>
    said(`${name} not known: ${why}`, luns.kind === 'unknown' ? null : observedAt);
  return {
    visibleLuns: {
      ...ends.visibleLuns,
      state: vmfs.length > 0 ? 'bad' : certain ? 'good' : 'unknown',
      ...(certain || vmfs.length > 0 ? said(seenText(vmfs), observedAt) : hides('Visible LUNs are')),
    },
    luns: {
      ...ends.luns,
      state: stateOf(ends.luns, source.platform),
      ...(certain || vmfs.length > 0 ? said(stateText(vmfs), observedAt) : hides('LUN states are')),
    },
    overwritten: {
      ...ends.overwritten,
      state: ends.overwritten.best ? 'bad' : ends.overwritten.worst ? 'unknown' : 'good',
      ...(certain ? said(tableText(vmfs), observedAt) : hides('Partition tables are')),
    },
    reach: reachReading(source),
  };
}

const said = (text: string, observedAt: string | null): { text: string; evidence: Evidence[] } => ({
  text,
  evidence: [{ text, source: 'disk list of the host', observedAt }],
});

function stateOf({ best, isKnown }: SightEnds['luns'], platform: Source['platform']): Reading<unknown>['state'] {
  // Linux has no offline state: there read-only is all that one can ask for.
  const good: LunState = platform === 'linux' ? 'online-read-only' : 'offline-read-only';
  if (best.some((state) => state !== good && state !== 'array-read-only')) return 'bad';
  return isKnown ? 'good' : 'unknown';
}

function reachReading({ exposure }: Source): Signals['reach'] {
  const known = { vms: exposure.vms, datastores: exposure.datastores.length };
  const text = exposure.isComplete
    ? `${known.vms} VMs on ${known.datastores} datastores`
    : `At least ${known.vms} VMs on ${known.datastores} datastores; not all contents are known`;
  return {
    worst: exposure.isComplete ? known : everything,
    best: known,
    state: !exposure.isComplete ? 'unknown' : known.vms > 0 ? 'bad' : 'good',
    isKnown: exposure.isComplete,
    text,
    evidence: [{ text, source: 'LUN map of the vCenters', observedAt: exposure.mapCollectedAt }],
  };
}

function seenText(vmfs: readonly Lun[]): string {
  if (vmfs.length === 0) return 'Sees no VMFS LUN';
  const sure = vmfs.filter(({ isVmfs }) => isVmfs === 'yes').length;
  const rest = vmfs.length - sure;
  return `Sees ${sure} VMFS LUNs${rest > 0 ? ` and ${rest} LUNs that no map knows` : ''}`;
}

function stateText(vmfs: readonly Lun[]): string {
  if (vmfs.length === 0) return 'Sees no VMFS LUN';
  const counts = new Map<string, number>();
  for (const { worst, best } of vmfs) {
    const state = worst === best ? worst : 'in a state nobody knows';
    counts.set(state, (counts.get(state) ?? 0) + 1);
  }
  return [...counts]
    .map(([state, count]) => ({ words: state.replace('-', ' and '), count }))
    .toSorted((a, b) => (a.words < b.words ? -1 : 1))
    .map(({ words, count }) => `${count} ${words}`)
    .join(', ');
}

function tableText(vmfs: readonly Lun[]): string {
  const foreign = vmfs.filter(({ isOverwritten }) => isOverwritten === 'yes');
  if (foreign.length > 0) return `No VMFS partition any more on ${foreign.map(nameOf).join(', ')}`;
  return vmfs.some(({ isOverwritten }) => isOverwritten === 'unknown')
    ? 'Not every partition table could be read'
    : 'Every partition table still shows VMFS';
}

/** What the operator calls it: the datastore where the map knows it, and the device. */
export const nameOf = ({ device, datastores }: Lun): string =>
  datastores.length === 0 ? device : `${datastores.map(({ name }) => name).join(', ')} (${device})`;
