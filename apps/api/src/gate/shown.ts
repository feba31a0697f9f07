import type { GateOverride, Preflight } from '@lunwarden/contract';
import { preflightUntil } from '@lunwarden/risk';
import type { StoredOverride, StoredPreflight } from '@lunwarden/store';

/** As it stands at `now`; the nonce is for the host alone. */
export function shownPreflight(stored: StoredPreflight, now: Date): Preflight {
  const { requestedAt, requestedBy, answeredAt, observedAt } = stored;
  const until = preflightUntil(stored);
  const standing = observedAt === null ? 'requested' : 'answered';
  const state = now.getTime() < until ? standing : 'expired';
  return { state, requestedAt, requestedBy, answeredAt, observedAt, validUntil: new Date(until).toISOString() };
}

/** Who took it back stays in sight after its end too. */
export function shownOverride<O extends StoredOverride>(
  { requestedById: _, ...stored }: O,
  now: Date,
): Omit<O, 'requestedById'> & Pick<GateOverride, 'state'> {
  const standing = stored.approvedAt === null ? 'awaiting-second-person' : 'approved';
  const unrevoked = now.getTime() < Date.parse(stored.expiresAt) ? standing : 'expired';
  return { ...stored, state: stored.revokedAt === null ? unrevoked : 'revoked' };
}
