import type { HostFacts, Known } from '@lunwarden/contract';
import { cvesOfMissing, type ProductIndex } from '@lunwarden/feeds';

/** CVEs that a host is open to for want of an update. */
export type UpdateExposure = {
  /** Sorted; unknown where neither a scan nor a catalogue tells what is missing. */
  cves: Known<string[]>;
  /** CVEs that an update fixes, by its id, where the host's own scan names none. */
  cvesOfUpdates: Record<string, readonly string[]>;
  /** Whether the catalogue had a say in it, so that its age counts too. */
  leansOnCatalogue: boolean;
};

/** The host's own scan where there is one; else its list of installed updates against the catalogue of its product. */
export function updateExposure(facts: HostFacts, index: ProductIndex | undefined): UpdateExposure {
  if ('value' in facts.pendingUpdates) return ofScan(facts.pendingUpdates.value, index);
  const none = { cvesOfUpdates: {}, leansOnCatalogue: false };
  if (facts.platform === 'linux' || index === undefined) return { cves: facts.pendingUpdates, ...none };
  if ('unknown' in facts.installedUpdates) return { cves: facts.installedUpdates, ...none };
  const missing = index.missingOf(facts.installedUpdates.value);
  return { cves: { value: cvesOfMissing(missing) }, cvesOfUpdates: {}, leansOnCatalogue: true };
}

type Pending = { id: string; cves: readonly string[] };

function ofScan(pending: readonly Pending[], index: ProductIndex | undefined): UpdateExposure {
  const cvesOfUpdates: Record<string, readonly string[]> = {};
  for (const { id, cves } of pending) {
    const known = cves.length === 0 ? index?.cvesOf(id) : undefined;
    if (known !== undefined && known.length > 0) cvesOfUpdates[id] = known;
  }
  const all = new Set([...pending.flatMap(({ cves }) => cves), ...Object.values(cvesOfUpdates).flat()]);
  const leansOnCatalogue = Object.keys(cvesOfUpdates).length > 0;
  return { cves: { value: [...all].toSorted() }, cvesOfUpdates, leansOnCatalogue };
}
