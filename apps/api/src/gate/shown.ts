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

export function shownOverride({ requestedById: _, ...stored }: StoredOverride, now: Date): GateOverride {
  const standing = stored.approvedAt === null ? 'awaiting-second-person' : 'approved';
  return { ...stored, state: now.getTime() < Date.parse(stored.expiresAt) ? standing : 'expired' };
}
