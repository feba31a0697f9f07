import type { HostStanding, IncomingReport } from '@lunwarden/store';

/** What becomes of a report: `accepted` and `unchanged` are in force; `late` is history; `conflicting` is refused. */
export type Outcome = 'accepted' | 'unchanged' | 'duplicate' | 'late' | 'conflicting';

export type Ruling = { outcome: Outcome; identityConflict: boolean };

/** Older than this, a report says nothing certain any more (R9); three hours are what the guards of a host hold. */
const maxTrustedAgeMs = 3 * 3_600_000;

/**
 * Where a report stands among those before it. Order is (boot, seq), never a clock. A boot that the host had left and
 * that speaks again, or another installation with this key, means that two machines share one identity; a report of an
 * earlier boot whose age nobody can prove was only spooled. What cannot be trusted never takes the place of what was in
 * force: it would wipe out known-bad evidence and prove nothing.
 */
export function rulingOf(
  { head, contentHash, observedAt, receivedAt }: IncomingReport,
  before: { standing: HostStanding; receipt: Uint8Array | undefined; wasLeft: boolean },
): Ruling {
  const { boot, installId } = before.standing;
  const identityConflict =
    boot?.identityConflict === true || head.installId !== installId || (before.wasLeft && observedAt !== null);
  if (before.receipt !== undefined)
    return { outcome: isSame(before.receipt, contentHash) ? 'duplicate' : 'conflicting', identityConflict };
  if (boot !== null && boot.bootId === head.bootId && head.seq <= boot.seq)
    return { outcome: 'late', identityConflict };
  const isTrusted =
    !identityConflict && observedAt !== null && Date.parse(receivedAt) - Date.parse(observedAt) <= maxTrustedAgeMs;
  if (boot !== null && !isTrusted) return { outcome: 'late', identityConflict };
  const isUnchanged =
    boot !== null && isSame(boot.contentHash, contentHash) && boot.identityConflict === identityConflict;
  return { outcome: isUnchanged ? 'unchanged' : 'accepted', identityConflict };
}

const isSame = (one: Uint8Array, other: Uint8Array): boolean => Buffer.compare(one, other) === 0;
