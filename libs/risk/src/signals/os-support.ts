import type { HostFacts, Known } from '@lunwarden/contract';
import { patchFact } from '../host-fact.js';
import type { OsSupport } from '../model.js';
import type { Policy } from '../policy.js';
import { grade, mapTold, type Reading, type Told } from '../reading.js';
import type { Source } from '../signals.js';

const day = 86_400_000;

/** A build that the policy does not know is unknown, not supported (R7). */
export function osSupportReading(source: Source): Reading<OsSupport> {
  const endsAt = supportEndOf(source);
  const support: Told<OsSupport> = mapTold(endsAt, (date) => supportAt(date, source.asOf, source.policy));
  const date = endsAt.kind === 'unknown' ? '' : endsAt.value;
  return grade<OsSupport>(support, {
    worst: 'ended',
    best: 'supported',
    isBad: (value) => value !== 'supported',
    say: (value) => `Support of the operating system ${value === 'ended' ? 'ended' : 'ends'} on ${date}`,
    name: 'Support of the operating system is',
    source: 'lifecycle table of the policy',
    observedAt: source.observedAt,
  });
}

/** The last day of support, as `YYYY-MM-DD`. */
export function supportEndOf(source: Source): Told<string> {
  const end = patchFact(source, (facts) => endOf(facts, source.policy));
  if (end.kind === 'unknown') return end;
  return end.value === null ? { kind: 'unknown', why: 'unrecognised_value' } : { ...end, value: end.value };
}

function endOf(facts: HostFacts, { osSupport }: Policy): Known<string | null> {
  if (facts.platform === 'linux') {
    if ('unknown' in facts.os) return facts.os;
    const { id, versionId } = facts.os.value;
    return { value: linuxEnd(osSupport.linuxEnds[id.toLowerCase()], versionId) };
  }
  if ('unknown' in facts.os) return facts.os;
  const { version, productType } = facts.os.value;
  const table = productType === 'workstation' ? osSupport.windowsClientEnds : osSupport.windowsServerEnds;
  return { value: table[version] ?? null };
}

/** `9.6` is looked up as such, then as `9`. */
function linuxEnd(table: Readonly<Record<string, string>> | undefined, versionId: string): string | null {
  return table?.[versionId] ?? table?.[versionId.split('.')[0] ?? ''] ?? null;
}

function supportAt(date: string, asOf: number, { osSupport }: Policy): OsSupport {
  const left = Date.parse(date) + day - asOf;
  if (left <= 0) return 'ended';
  return left <= osSupport.endingDays * day ? 'ending' : 'supported';
}
