import type { MappedDatastore, MapView } from './facts.js';
import type { Policy } from './policy.js';

export type Moment = { asOf: number; policy: Policy };

/** What the map says of it may be another volume's, or no more true: its VMs are those that were known, and more may be there. */
export const isInDoubt = ({ isStale, isNewGeneration }: MappedDatastore): boolean =>
  isStale === true || isNewGeneration === true;

/** Complete, without a gap, and collected recently enough that what it does not show is not there. */
export function isWhole(
  map: MapView['vcenters'][number] | undefined,
  { asOf, policy: { freshness } }: Moment,
): boolean {
  if (map === undefined || map.collectedAt === null || map.gaps.length > 0) return false;
  const age = asOf - Date.parse(map.collectedAt);
  return age < freshness.mapMs && age >= -freshness.skewMs;
}
