import type { HostFacts, Known } from '@lunwarden/contract';
import { type Told, told } from '../reading.js';
import type { Source } from '../signals.js';

/** A fact about updates under the rules of evidence: how old it may be is the same for all of them. */
export function patchFact<T>(
  { facts: { report }, trusts }: Pick<Source, 'facts' | 'trusts'>,
  fact: (facts: HostFacts) => Known<T>,
): Told<T> {
  if (report === null) return { kind: 'unknown', why: 'never_reported' };
  return told(fact(report.facts), fact(report.remembered), trusts.patch);
}
