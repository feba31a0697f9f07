import type { LunMap, RvtoolsReceipt } from '@lunwarden/contract';
import type { CompleteLunMap, MapInForce } from '@lunwarden/store';
import { admit } from '../vcenters/admission.js';

export type ImportAdmission =
  | { outcome: 'in-force'; map: CompleteLunMap }
  | { outcome: Exclude<RvtoolsReceipt['outcome'], 'in-force'>; reason: string; isConfirmable: boolean };

/**
 * May this export take the place of the map in force? It must be complete and newer: an old file never takes back what a
 * later reading has shown.
 * @param confirmedHosts how few hosts a person said are right
 */
export function admitImport(
  map: LunMap,
  inForce: MapInForce | null,
  confirmedHosts: number | null = null,
): ImportAdmission {
  const admission = admit(map, inForce, confirmedHosts);
  if (admission.kind === 'incomplete')
    return {
      outcome: 'incomplete',
      isConfirmable: false,
      reason: `The export lacks ${map.gaps.length} parts, so that nobody knows what a LUN holds that it does not tell of. Export all tabs with an account that sees everything.`,
    };
  if (inForce !== null && Date.parse(inForce.collectedAt) >= Date.parse(map.collectedAt))
    return {
      outcome: 'older',
      isConfirmable: false,
      reason: `The map in force was read at ${inForce.collectedAt}, after this export was made at ${map.collectedAt}.`,
    };
  if (admission.kind === 'in-force') return { outcome: 'in-force', map: admission.map };
  const { kind: outcome, code, reason } = admission;
  return { outcome, reason, isConfirmable: code === 'objects_missing' };
}
