import type { Change } from '@lunwarden/contract';
import { dequal } from 'dequal/lite';
import type { Fleet } from './fleet.js';

type Unnumbered<C> = C extends Change ? Omit<C, 'seq'> : never;
/** A difference before the store has given it its place in the stream. */
export type Difference = Unnumbered<Change>;

/**
 * What turns `before` into `after`, numbered `before.seq + 1` onwards; `after.seq` is not looked at.
 * Empty = nothing changed. `at` is when the difference was noticed (ISO instant).
 * Law: `diffFleet(before, after, at).reduce(applyChange, before)` holds what `after` holds.
 */
export function diffFleet(before: Fleet, after: Fleet, at: string): Change[] {
  return differencesOf(before, after, at).map((difference, index) => ({
    ...difference,
    seq: before.seq + 1 + index,
  }));
}

/** The same without numbers, for a store that hands them out itself. */
export function differencesOf(before: Fleet, after: Fleet, at: string): Difference[] {
  return [...hostDifferences(before, after, at), ...vcenterDifferences(before, after, at), ...blast(before, after, at)];
}

function* hostDifferences(before: Fleet, after: Fleet, at: string): Generator<Difference> {
  for (const [hostId, host] of after.hosts) {
    if (!dequal(before.hosts.get(hostId), host)) yield { kind: 'host', at, host };
  }
  for (const hostId of before.hosts.keys()) {
    if (!after.hosts.has(hostId)) yield { kind: 'host-retired', at, hostId };
  }
}

function* vcenterDifferences(before: Fleet, after: Fleet, at: string): Generator<Difference> {
  for (const [id, vcenter] of after.vcenters) {
    if (!dequal(before.vcenters.get(id), vcenter)) yield { kind: 'vcenter', at, vcenter };
  }
  for (const vcenterId of before.vcenters.keys()) {
    if (!after.vcenters.has(vcenterId)) yield { kind: 'vcenter-removed', at, vcenterId };
  }
}

function* blast({ vmsAtRisk: was }: Fleet, { vmsAtRisk }: Fleet, at: string): Generator<Difference> {
  if (!dequal(was, vmsAtRisk)) yield { kind: 'blast', at, vmsAtRisk };
}
