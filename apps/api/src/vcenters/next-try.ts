import type { MapAttempt, NextTry } from '@lunwarden/store';

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
