import type { LunMap } from '@lunwarden/contract';
import { type CompleteLunMap, isComplete, type MapInForce } from '@lunwarden/store';

export type Admission =
  | { kind: 'in-force'; map: CompleteLunMap }
  | { kind: 'incomplete'; reason: string }
  /** `objects_missing` a person may confirm; another vCenter is never taken for the one before. */
  | { kind: 'needs-confirmation'; code: 'objects_missing' | 'other_vcenter'; reason: string };

/** A larger share does not leave a vCenter between two readings, but a permission may have been taken away. */
const maxLoss = 0.1;
/** So few datastores or VMs may leave at once, unless they are all. Every host counts. */
const everydayLoss = 5;

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
      code: 'objects_missing',
      reason: 'The account sees no ESXi host: give it Read-only from the root folder down.',
    };
  }
  if (inForce.instanceUuid !== map.vcenterUuid)
    return {
      kind: 'needs-confirmation',
      code: 'other_vcenter',
      reason: 'Another vCenter answers at this address; if that is right, remove this one and add it again.',
    };
  const isConfirmed = confirmedHosts !== null && map.hosts.length >= confirmedHosts;
  const lost = isConfirmed ? [] : lossesOf(map, inForce);
  if (lost.length > 0)
    return {
      kind: 'needs-confirmation',
      code: 'objects_missing',
      reason: `It shows ${lost.join(', ')}: check the account's rights; if they are gone, confirm it.`,
    };
  return { kind: 'in-force', map };
}

/** What there is suspiciously less of than before, in words. */
function lossesOf({ counts }: CompleteLunMap, before: MapInForce): string[] {
  const kinds = [
    { what: 'ESXi hosts', was: before.hosts, is: counts.hosts.got, tolerated: 0 },
    { what: 'datastores', was: before.datastores, is: counts.datastores.got, tolerated: everydayLoss },
    { what: 'VMs', was: before.vms, is: counts.vms.got, tolerated: everydayLoss },
  ];
  return kinds
    .filter(({ was, is, tolerated }) => is < was * (1 - maxLoss) && (was - is > tolerated || is === 0))
    .map(({ what, was, is }) => `${is} ${what} instead of ${was}`);
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
