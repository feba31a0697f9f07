import type { FleetSnapshot, HostSummary, VcenterStatus } from './fleet.js';

/** Two hours after its collection a LUN map proves nothing any more. */
export const mapHoldsMs = 2 * 3_600_000;
/** A host that said nothing for so long is called silent. */
export const silentAfterMs = 15 * 60_000;

type Picture = {
  hosts: readonly HostSummary[];
  vcenters: readonly VcenterStatus[];
  vmsAtRisk: FleetSnapshot['vmsAtRisk'];
};

/**
 * What keeps the picture of a fleet from being whole at an instant, one sentence each; empty = it is whole.
 * No surface may call a fleet ready while there is one: the overview and the weekly report ask here, so that they agree.
 */
export function gapsOfPicture({ hosts, vcenters, vmsAtRisk }: Picture, at: string): string[] {
  const gaps = vcenters.flatMap((vcenter) => gapOfVcenter(vcenter, at));
  if (vcenters.length === 0) gaps.push('No vCenter is connected, so nobody knows which VMs are within reach.');
  const partial = hosts.filter((host) => !host.blastIsComplete).length;
  if (partial > 0) gaps.push(`The reach of ${partial} ${partial === 1 ? 'proxy' : 'proxies'} is known only in part.`);
  if (!vmsAtRisk.isComplete) gaps.push('The number of VMs at risk is a lower bound.');
  return gaps;
}

/** One sentence at most: what weighs most. `collecting` hides no outcome, the last error stands until a better attempt. */
function gapOfVcenter({ name, state, gaps, mapCollectedAt, lastError }: VcenterStatus, at: string): string[] {
  if (mapCollectedAt === null) return [`vCenter ${name} has never given a complete map.`];
  if (Date.parse(at) - Date.parse(mapCollectedAt) > mapHoldsMs)
    return [`The map of vCenter ${name} is older than two hours.`];
  if (state === 'failed' || (lastError !== null && state !== 'incomplete'))
    return [`vCenter ${name} could not be read the last time; its map is an older one.`];
  if (state === 'incomplete' || gaps > 0)
    return [`vCenter ${name} answered only in part (${gaps} ${gaps === 1 ? 'gap' : 'gaps'}).`];
  return [];
}
