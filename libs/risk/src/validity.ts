import type { Validity } from '@lunwarden/contract';
import { patchFact } from './host-fact.js';
import { outsideEnds } from './outside-ends.js';
import { supportEndOf } from './signals/os-support.js';
import type { Source } from './signals.js';

const day = 86_400_000;

/** Until when a verdict may be read as it stands: the earliest instant at which something good in it expires. */
export function validityOf(source: Source): { validity: Validity; validUntil: string } {
  const { observedAt, trusts, policy, asOf } = source;
  const { freshness } = policy;
  const ttls = [
    ...(trusts.hostState.fresh ? [freshness.hostStateMs] : []),
    ...(trusts.mode.fresh ? [freshness.modeMs] : []),
    ...(trusts.patch.fresh ? [freshness.patchMs] : []),
  ];
  const reportMs = ttls.length > 0 ? Math.min(...ttls) : null;
  const byReport = reportMs === null || observedAt === null ? null : Date.parse(observedAt) + reportMs;
  const mapUntil = earliest(mapEnds(source), asOf);
  // However little expires, the calendar included: judge again after a while.
  const calendarUntil = earliest([...calendarEnds(source), ...outsideEnds(source), asOf + freshness.horizonMs], asOf);
  const ends = [byReport, mapUntil, calendarUntil].filter((at) => at !== null);
  return {
    validity: { reportMs, mapUntil: isoOrNull(mapUntil), calendarUntil: isoOrNull(calendarUntil) },
    validUntil: iso(Math.min(...ends)),
  };
}

const earliest = (instants: readonly number[], after: number): number | null => {
  const ahead = instants.filter((at) => at > after);
  return ahead.length > 0 ? Math.min(...ahead) : null;
};
const iso = (at: number): string => new Date(at).toISOString();
const isoOrNull = (at: number | null): string | null => (at === null ? null : iso(at));

/** Maps count for two hours after their collection. Each of them says what a LUN in sight is, or is not. */
function mapEnds(source: Source): number[] {
  const { facts, policy } = source;
  // As old as the oldest map, and renewed with it.
  const inventoryAt = facts.inventory?.observedAt;
  const inventoryEnds = inventoryAt === undefined ? [] : [Date.parse(inventoryAt) + policy.freshness.inventoryMs];
  return [...lunMapEnds(source), ...inventoryEnds].filter((at) => Number.isFinite(at));
}

function lunMapEnds({ facts, luns, policy }: Source): number[] {
  if (luns.kind !== 'unknown' && !luns.value.some(({ leansOnMaps }) => leansOnMaps)) return [];
  return facts.map.vcenters.flatMap(({ collectedAt }) =>
    collectedAt === null ? [] : [Date.parse(collectedAt) + policy.freshness.mapMs],
  );
}

/** Days on which the calendar alone makes a host worse: its last update grows older, its support ends. */
function calendarEnds(source: Source): number[] {
  const { policy, asOf, trusts } = source;
  if (!trusts.patch.fresh) return [];
  const last = patchFact(source, (facts) => facts.lastUpdateSuccessAt);
  const ages =
    last.kind === 'certain' && last.value !== null
      ? policy.weights.updateAge.map(({ days }) => Date.parse(last.value ?? '') + days * day)
      : [];
  const end = supportEndOf(source);
  const ends = end.kind === 'certain' ? [Date.parse(end.value) + day] : [];
  const feedsEnd = feedEnds(source);
  const warnings = ends.map((at) => at - policy.osSupport.endingDays * day);
  return [...ages, ...ends, ...warnings, ...feedsEnd].filter((at) => Number.isFinite(at) && at > asOf);
}

/** A feed that was fresh enough to clear something clears nothing once it is old. */
function feedEnds({ facts: { feeds }, policy: { freshness } }: Source): number[] {
  if (feeds === undefined) return [];
  const { cves, epss, catalogue } = feeds;
  return [
    ...[cves, epss].flatMap((feed) => ('value' in feed ? Date.parse(feed.value.asOf) + freshness.feedMs : [])),
    ...('value' in catalogue ? [Date.parse(catalogue.value.asOf) + freshness.catalogueMs] : []),
  ];
}
