import { type LunMap, type MapKind, type MapLosses, mapKindLabels, mapKinds } from '@lunwarden/contract';
import { type CompleteLunMap, isComplete, type MapInForce } from '@lunwarden/store';

export type Admission =
  | { kind: 'in-force'; map: CompleteLunMap }
  | { kind: 'incomplete'; reason: string }
  /** Each of the losses a person may confirm. */
  | { kind: 'needs-confirmation'; code: 'objects_missing'; losses: MapLosses; reason: string }
  /** Another vCenter is never taken for the one before, whatever a person says. */
  | { kind: 'needs-confirmation'; code: 'other_vcenter'; losses: null; reason: string };

/** A larger share does not leave a vCenter between two readings, but a permission may have been taken away. */
const maxLoss = 0.1;
/** So few datastores or VMs may leave at once, unless they are all. Every host counts. */
const tolerated: Record<MapKind, number> = { hosts: 0, datastores: 5, vms: 5 };

type Loss = { kind: MapKind; was: number; is: number };

/**
 * May this map take the place of the one in force? An account that lost rights silently sees fewer objects.
 * @param confirmed how few of what a person said are right: a word on hosts says nothing of VMs
 */
export function admit(map: LunMap, inForce: MapInForce | null, confirmed: MapLosses = {}): Admission {
  if (!isComplete(map)) return { kind: 'incomplete', reason: incompleteReason(map) };
  if (inForce !== null && inForce.instanceUuid !== map.vcenterUuid)
    return {
      kind: 'needs-confirmation',
      code: 'other_vcenter',
      losses: null,
      reason: 'Another vCenter answers at this address; if that is right, remove this one and add it again.',
    };
  const losses = lossesOf(map, inForce);
  if (losses.every(({ kind, is }) => is >= (confirmed[kind] ?? Number.POSITIVE_INFINITY)))
    return { kind: 'in-force', map };
  return {
    kind: 'needs-confirmation',
    code: 'objects_missing',
    losses: Object.fromEntries(losses.map(({ kind, is }) => [kind, is])),
    reason: inForce === null ? seesNothing : lossReason(losses),
  };
}

const seesNothing = 'The account sees no ESXi host: give it Read-only from the root folder down.';

/** What there is suspiciously less of than before. A first map that shows nothing is one too. */
function lossesOf({ counts }: CompleteLunMap, before: MapInForce | null): Loss[] {
  if (before === null) return counts.hosts.got === 0 ? [{ kind: 'hosts', was: 0, is: 0 }] : [];
  return mapKinds
    .map((kind) => ({ kind, was: before[kind], is: counts[kind].got }))
    .filter(({ kind, was, is }) => is < was * (1 - maxLoss) && (was - is > tolerated[kind] || is === 0));
}

function lossReason(losses: readonly Loss[]): string {
  const shown = losses.map(({ kind, was, is }) => `${is} ${mapKindLabels[kind]} instead of ${was}`);
  return `It shows ${shown.join(', ')}: check the account's rights; if they are gone, confirm it.`;
}

function incompleteReason({ gaps, counts }: LunMap): string {
  const lost = Object.entries(counts).filter(([, { expected, got }]) => expected !== got);
  const counted = lost.map(([what, { expected, got }]) => `${got} of ${expected} ${what}`).join(', ');
  const parts = [
    gaps.length > 0 ? `${gaps.length} parts could not be read` : '',
    counted === '' ? '' : `got ${counted}`,
  ];
  const what = parts.filter((part) => part !== '').join('; ');
  return `The vCenter answered in part: ${what === '' ? 'it counts other objects than it brings' : what}. The last complete map stays in force.`;
}
