import type { Facts } from './facts.js';
import type { Policy } from './policy.js';
import type { Trust } from './reading.js';

/** For each kind of fact, whether it may count as good at `asOf`. */
export type Trusts = { hostState: Trust; mode: Trust; patch: Trust };

export function trustsOf({ report, identityConflict }: Facts, asOf: number, { freshness }: Policy): Trusts {
  if (report === null) return all({ fresh: false, reason: 'never_reported' });
  if (identityConflict) return all({ fresh: false, reason: 'conflict' });
  const observedAt = report.observedAt === null ? Number.NaN : Date.parse(report.observedAt);
  // A report from the future has a clock nobody can trust, so its age is not proven either.
  if (Number.isNaN(observedAt) || observedAt > asOf + freshness.skewMs) return all({ fresh: false, reason: 'clock' });
  const within = (ttlMs: number): Trust =>
    asOf - observedAt < ttlMs ? { fresh: true } : { fresh: false, reason: 'stale' };
  return { hostState: within(freshness.hostStateMs), mode: within(freshness.modeMs), patch: within(freshness.patchMs) };
}

const all = (trust: Trust): Trusts => ({ hostState: trust, mode: trust, patch: trust });
