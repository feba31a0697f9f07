import type { SeenLun } from '@lunwarden/contract';
import { lunsInSight, shownDatastore } from './exposure.js';
import type { Facts } from './facts.js';
import type { Lun } from './lun.js';
import type { LunState } from './model.js';
import { defaultPolicy, type Policy } from './policy.js';
import { trustsOf } from './trust.js';

/** A LUN as the host page shows it; who else sees it is for the caller to add. */
export type SeenLunOfHost = Omit<SeenLun, 'otherHosts'>;

/**
 * Every disk that the host sees, its paths joined, with what the maps say lies on it; null = nobody ever read the list.
 * Old facts are shown as they were last read: this is what was seen, not a verdict.
 */
export function seenLuns(facts: Facts, policy: Policy = defaultPolicy): SeenLunOfHost[] | null {
  const asOf = facts.report?.observedAt ?? facts.report?.receivedAt;
  if (asOf === undefined) return null;
  const at = Date.parse(asOf);
  // What the newest map clears is cleared for the report before it, too.
  const maps = facts.map.vcenters.map(({ collectedAt }) => (collectedAt === null ? at : Date.parse(collectedAt)));
  const luns = lunsInSight(facts, trustsOf(facts, at, policy), { asOf: Math.max(at, ...maps), policy });
  return luns.kind === 'unknown' ? null : luns.value.map(shown);
}

function shown({ devices, keys, sizeBytes, isVmfs, worst, best, mounts, datastores }: Lun): SeenLunOfHost {
  return {
    device: devices.join(', ').slice(0, 128),
    keys: keys.slice(0, 64),
    sizeBytes,
    isVmfs,
    state: stateName(worst, best),
    mounts: [...mounts],
    datastores: datastores.map(shownDatastore),
  };
}

const stateName = (worst: LunState, best: LunState): SeenLun['state'] => (worst === best ? worst : 'unknown');
