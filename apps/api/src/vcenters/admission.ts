import type { LunMap } from '@lunwarden/contract';
import { type CompleteLunMap, isComplete, type MapInForce } from '@lunwarden/store';

export type Admission =
  | { kind: 'in-force'; map: CompleteLunMap }
  | { kind: 'incomplete'; reason: string }
  /** `hosts_missing` a person may confirm; another vCenter is never taken for the one before. */
  | { kind: 'needs-confirmation'; code: 'hosts_missing' | 'other_vcenter'; reason: string };

/** A larger share of the hosts does not leave a vCenter between two readings, but a permission may have been taken away. */
const maxHostLoss = 0.1;

/**
 * May this map take the place of the one in force? An account that lost rights silently sees fewer objects.
 * @param confirmedHosts how few hosts a person said are right
 */
export function admit(map: LunMap, inForce: MapInForce | null, confirmedHosts: number | null = null): Admission {
  if (!isComplete(map)) return { kind: 'incomplete', reason: incompleteReason(map) };
  if (inForce === null) {
    if (map.hosts.length > 0 || confirmedHosts === 0) return { kind: 'in-force', map };
    return {
      kind: 'needs-confirmation',
      code: 'hosts_missing',
      reason: 'The account sees no ESXi host: give it Read-only from the root folder down.',
    };
  }
  if (inForce.instanceUuid !== map.vcenterUuid)
    return {
      kind: 'needs-confirmation',
      code: 'other_vcenter',
      reason: 'Another vCenter answers at this address; if that is right, remove this one and add it again.',
    };
  const fewest = Math.min(inForce.hosts * (1 - maxHostLoss), confirmedHosts ?? Number.POSITIVE_INFINITY);
  if (map.hosts.length < fewest)
    return {
      kind: 'needs-confirmation',
      code: 'hosts_missing',
      reason: `It shows ${map.hosts.length} ESXi hosts instead of ${inForce.hosts}: check the account's rights; if the hosts are gone, confirm it.`,
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
