import type { MapAttempt, NextDetails, NextTry } from '@lunwarden/store';

const minute = 60_000;
const interval = 10 * minute;
const longestPause = 30 * minute;

/** More of the same would lock the account, or cannot work: only a person can help. */
const byHandOnly = new Set(['vcenter_login_refused', 'vcenter_address_refused', 'secret_broken', 'keyring_refused']);

/**
 * When a vCenter is asked again after an attempt: every ten minutes, later and later while it fails, spread so that
 * several of them do not march in step.
 * @param failures how many attempts in a row had failed before
 * @param random 0..1
 */
export function nextTry({ outcome, errorCode }: MapAttempt, failures: number, random: number): NextTry {
  if (outcome !== 'failed') return { inMs: interval * (0.9 + 0.2 * random), failures: 0 };
  if (errorCode !== null && byHandOnly.has(errorCode)) return { inMs: null, failures: failures + 1 };
  const pause = Math.min(longestPause, minute * 2 ** Math.min(failures, 10));
  return { inMs: pause * (0.5 + 0.5 * random), failures: failures + 1 };
}

const hour = 60 * minute;

/**
 * When LUNs, adapters and disks are read again: daily. After an attempt with them that brought no whole map the next
 * ones go without for an hour, since what they lack must not keep the map itself from coming into force.
 */
export function nextDetails({ outcome }: Pick<MapAttempt, 'outcome'>, withDetails: boolean): NextDetails {
  if (!withDetails || outcome === 'failed') return { detailsInMs: null };
  return { detailsInMs: outcome === 'in-force' ? 24 * hour : hour };
}
