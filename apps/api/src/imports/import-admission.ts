import type { LunMap, RvtoolsReceipt } from '@lunwarden/contract';
import type { CompleteLunMap, MapInForce } from '@lunwarden/store';
import { admit } from '../vcenters/admission.js';

export type ImportAdmission =
  | { outcome: 'in-force'; map: CompleteLunMap }
  | { outcome: Exclude<RvtoolsReceipt['outcome'], 'in-force'>; reason: string };

/**
 * May this export take the place of the map in force? It must be complete and newer: an old file never takes back what a
 * later reading has shown.
 */
export function admitImport(map: LunMap, inForce: MapInForce | null): ImportAdmission {
  const admission = admit(map, inForce);
  if (admission.kind === 'incomplete')
    return {
      outcome: 'incomplete',
      reason: `The export lacks ${map.gaps.length} parts, so that nobody knows what a LUN holds that it does not tell of. Export all tabs with an account that sees everything.`,
    };
  if (inForce !== null && Date.parse(inForce.collectedAt) >= Date.parse(map.collectedAt))
    return {
      outcome: 'older',
      reason: `The map in force was read at ${inForce.collectedAt}, after this export was made at ${map.collectedAt}.`,
    };
  if (admission.kind === 'in-force') return { outcome: 'in-force', map: admission.map };
  return { outcome: admission.kind, reason: admission.reason };
}
