import type { LunMap } from '@lunwarden/contract';
import { type CompleteLunMap, isComplete, type MapInForce } from '@lunwarden/store';

export type Admission =
  | { kind: 'in-force'; map: CompleteLunMap }
  | { kind: 'incomplete' | 'needs-confirmation'; reason: string };

/** A larger share of the hosts does not leave a vCenter between two readings, but a permission may have been taken away. */
const maxHostLoss = 0.1;

/** May this map take the place of the one in force? An account that lost rights silently sees fewer objects. */
export function admit(map: LunMap, inForce: MapInForce | null): Admission {
  if (!isComplete(map)) return { kind: 'incomplete', reason: incompleteReason(map) };
  if (inForce === null) {
    if (map.hosts.length > 0) return { kind: 'in-force', map };
    return {
      kind: 'needs-confirmation',
      reason: 'The account sees no ESXi host: give it Read-only from the root folder down.',
    };
  }
  if (inForce.instanceUuid !== map.vcenterUuid)
    return {
      kind: 'needs-confirmation',
      reason: 'Another vCenter answers at this address; if that is right, remove this one and add it again.',
    };
  if (map.hosts.length < inForce.hosts * (1 - maxHostLoss))
    return {
      kind: 'needs-confirmation',
      reason: `It shows ${map.hosts.length} ESXi hosts instead of ${inForce.hosts}: check the account's rights; if the hosts are gone, remove this vCenter and add it again.`,
    };
  return { kind: 'in-force', map };
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
