import type { Validity } from '@lunwarden/contract';
import type { MappedDatastore } from './facts.js';
import { supportEndOf } from './signals/os-support.js';
import { patchFact } from './signals/patches.js';
import type { Source } from './signals.js';

const day = 86_400_000;

/** Until when a verdict may be read as it stands: the earliest instant at which something good in it expires. */
export function validityOf(source: Source, usedDatastores: readonly Pick<MappedDatastore, 'vcenter'>[]) {
  const { facts, trusts, policy, asOf } = source;
  const { freshness } = policy;
  const ttls = [
    ...(trusts.hostState.fresh ? [freshness.hostStateMs] : []),
    ...(trusts.mode.fresh ? [freshness.modeMs] : []),
    ...(trusts.patch.fresh ? [freshness.patchMs] : []),
  ];
  const reportMs = ttls.length > 0 ? Math.min(...ttls) : null;
  const others = [...mapEnds(source, usedDatastores), ...calendarEnds(source)].filter((at) => at > asOf);
  const observedAt = facts.report?.observedAt ?? null;
  // Nothing that expires: judge again after a while all the same.
  if (others.length === 0 && (reportMs === null || observedAt === null)) others.push(asOf + freshness.horizonMs);
  const otherUntil = others.length > 0 ? Math.min(...others) : null;
  const byReport = reportMs === null || observedAt === null ? [] : [Date.parse(observedAt) + reportMs];
  const validUntil = Math.min(...byReport, ...(otherUntil === null ? [] : [otherUntil]));
  const validity: Validity = { reportMs, otherUntil: otherUntil === null ? null : iso(otherUntil) };
  return { validity, validUntil: iso(validUntil) };
}

const iso = (at: number): string => new Date(at).toISOString();

/** A map counts for two hours after it was collected. */
function mapEnds({ facts, policy }: Source, used: readonly Pick<MappedDatastore, 'vcenter'>[]): number[] {
  const names = new Set(used.map(({ vcenter }) => vcenter));
  return facts.map.vcenters.flatMap(({ name, collectedAt }) =>
    collectedAt !== null && names.has(name) ? [Date.parse(collectedAt) + policy.freshness.mapMs] : [],
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
  const warnings = ends.map((at) => at - policy.osSupport.endingDays * day);
  return [...ages, ...ends, ...warnings].filter((at) => Number.isFinite(at) && at > asOf);
}
