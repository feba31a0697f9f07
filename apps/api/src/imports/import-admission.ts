import { type LunMap, type MapLosses, mapKinds, type RvtoolsReceipt } from '@lunwarden/contract';
import type { CompleteLunMap, MapInForce } from '@lunwarden/store';
import { admit } from '../vcenters/admission.js';

export type ImportAdmission =
  | { outcome: 'in-force'; map: CompleteLunMap }
  | { outcome: Exclude<RvtoolsReceipt['outcome'], 'in-force'>; reason: string; losses: MapLosses | null };

/**
 * May this export take the place of the map in force? It must be complete and newer: an old file never takes back what a
 * later reading has shown.
 * @param confirmed how few of what a person said are right, of exactly this export
 */
export function admitImport(map: LunMap, inForce: MapInForce | null, confirmed: MapLosses = {}): ImportAdmission {
  const admission = admit(map, inForce, meantFor(map, confirmed));
  if (admission.kind === 'incomplete')
    return {
      outcome: 'incomplete',
      losses: null,
      reason: `The export lacks ${map.gaps.length} parts, so that nobody knows what a LUN holds that it does not tell of. Export all tabs with an account that sees everything.`,
    };
  if (inForce !== null && Date.parse(inForce.collectedAt) >= Date.parse(map.collectedAt))
    return {
      outcome: 'older',
      losses: null,
      reason: `The map in force was read at ${inForce.collectedAt}, after this export was made at ${map.collectedAt}.`,
    };
  if (admission.kind === 'in-force') return { outcome: 'in-force', map: admission.map };
  const { kind: outcome, losses, reason } = admission;
  return { outcome, reason, losses };
}

/** A file does not change between two looks: a number that it does not show was said of another one. */
const meantFor = ({ counts }: LunMap, confirmed: MapLosses): MapLosses =>
  Object.fromEntries(
    mapKinds.flatMap((kind) => (confirmed[kind] === counts[kind].got ? [[kind, counts[kind].got]] : [])),
  );
