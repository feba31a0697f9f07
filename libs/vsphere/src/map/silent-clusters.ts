import { GapList } from '../collect/gap-list.js';
import type { Estate } from '../collect/hosts-for-luns.js';
import type { Ref } from '../soap/xml-element.js';

/**
 * Clusters none of whose hosts is connected: nobody there tells of a LUN. No gap of the map itself, for a site that is
 * switched off must not keep all the others from being known; but told, since a list that lacks them looks whole.
 */
export function silentClusters({ hosts }: Pick<Estate, 'hosts'>): GapList {
  const clusters = new Map<string, { ref: Ref; isHeard: boolean }>();
  for (const { parent, value } of hosts) {
    const ref = parent ?? { kind: 'HostSystem', id: value.id };
    const isHeard = value.connectionState === 'connected' || clusters.get(ref.id)?.isHeard === true;
    clusters.set(ref.id, { ref, isHeard });
  }
  const gaps = new GapList();
  for (const { ref, isHeard } of clusters.values())
    if (!isHeard) gaps.add(ref, 'config.storageDevice.scsiLun', 'no host of it is connected: LUNs are as last told');
  return gaps;
}
