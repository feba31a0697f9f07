import type { HostFacts, Known, PendingUpdate } from '@lunwarden/contract';
import {
  bulletinKey,
  cvesOfMissing,
  kbOf,
  type MissingBulletin,
  type MissingBulletins,
  type ProductIndex,
} from '@lunwarden/feeds';
import type { MissingByCatalogue } from '@lunwarden/risk';

/** What a host lacks, in the words of the feeds. */
export type UpdateExposure = {
  /** Every CVE that it may be open to, sorted; unknown where neither a scan nor a catalogue tells what is missing. */
  cves: Known<string[]>;
  /** Those of them that a critical update fixes. */
  criticalCves: readonly string[];
  /** CVEs that an update fixes, by its id, where the host's own scan names none. */
  cvesOfUpdates: Record<string, readonly string[]>;
  /** Asked only where the host's own scan tells nothing. */
  catalogue: Known<Omit<MissingByCatalogue, 'asOf'>>;
  /** Parts of the catalogue that this leans on. */
  keys: readonly string[];
};

/** A product of Windows as bulletins name it, and what the catalogue says of it; null = nothing. */
export type InCatalogue = { product: string | null; index: ProductIndex | null };

/**
 * The host's own scan where there is one; else its list of installed updates against the catalogue of its product.
 * @param before the facts with what could not be read this time as it was before: its CVEs still count as bad
 */
export function updateExposure(facts: HostFacts, before: HostFacts, at: InCatalogue): UpdateExposure {
  if ('value' in facts.pendingUpdates) return ofScan(facts.pendingUpdates.value, at);
  const seen = 'value' in before.pendingUpdates ? ofScan(before.pendingUpdates.value, at) : null;
  const told = ofInstalled(facts, at);
  if (seen === null) return told;
  const cves = [...('value' in seen.cves ? seen.cves.value : []), ...('value' in told.cves ? told.cves.value : [])];
  return {
    ...told,
    cves: { value: sorted(cves) },
    criticalCves: sorted([...seen.criticalCves, ...told.criticalCves]),
    cvesOfUpdates: seen.cvesOfUpdates,
    keys: [...seen.keys, ...told.keys],
  };
}

function ofInstalled(facts: HostFacts, { product, index }: InCatalogue): UpdateExposure {
  const nothing = { criticalCves: [], cvesOfUpdates: {}, keys: product === null ? [] : [product] };
  const unknown = (fact: Unknown): UpdateExposure => ({ ...nothing, cves: fact, catalogue: fact });
  if (facts.platform === 'linux') return unknown({ unknown: 'unsupported' });
  if (product === null || index === null) return unknown({ unknown: 'not_collected' });
  if ('unknown' in facts.installedUpdates) return unknown(facts.installedUpdates);
  return ofCatalogue(index.missingOf(facts.installedUpdates.value), product);
}

type Unknown = Extract<Known<never>, { unknown: unknown }>;
/** More of them are not shown. */
const shownHoles = 5;

function ofCatalogue(
  { missing, doubtful, holes, unplaced, withoutKb }: MissingBulletins,
  product: string,
): UpdateExposure {
  const update = ({ kb, severity, cves }: MissingBulletin) => ({ id: kb, severity, cves });
  const words = [
    ...unplaced.map((kb) => `the catalogue does not know ${kb}, which is installed`),
    ...holes.map(({ kb, namedBy }) => `${namedBy} superseded ${kb}, of which nothing is told`),
  ];
  return {
    cves: { value: sorted([...cvesOfMissing({ missing }), ...withoutKb]) },
    criticalCves: cvesOfMissing({ missing: missing.filter(({ severity }) => severity === 'critical') }),
    cvesOfUpdates: {},
    catalogue: {
      value: {
        missing: missing.filter(({ kb }) => !doubtful.has(kb)).map(update),
        doubtful: missing.filter(({ kb }) => doubtful.has(kb)).map(update),
        holes: words.slice(0, shownHoles),
        withoutUpdate: withoutKb,
      },
    },
    keys: [product, ...missing.map(({ kb }) => bulletinKey(product, kb))],
  };
}

type Pending = Pick<PendingUpdate, 'id' | 'cves' | 'severity'>;

function ofScan(pending: readonly Pending[], { product, index }: InCatalogue): UpdateExposure {
  const nameless = pending.filter(({ cves }) => cves.length === 0);
  const cvesOfUpdates: Record<string, readonly string[]> = {};
  for (const { id } of nameless) {
    const known = index?.cvesOf(id) ?? [];
    if (known.length > 0) cvesOfUpdates[id] = known;
  }
  const cvesOf = ({ id, cves }: Pending): readonly string[] => (cves.length > 0 ? cves : (cvesOfUpdates[id] ?? []));
  return {
    cves: { value: sorted(pending.flatMap(cvesOf)) },
    criticalCves: sorted(pending.filter(({ severity }) => severity === 'critical').flatMap(cvesOf)),
    cvesOfUpdates,
    catalogue: { unknown: 'not_collected' },
    keys:
      product === null
        ? []
        : nameless.flatMap(({ id }) => {
            const kb = kbOf(id);
            return kb === null ? [] : [bulletinKey(product, kb)];
          }),
  };
}

const sorted = (cves: readonly string[]): string[] => [...new Set(cves)].toSorted();
