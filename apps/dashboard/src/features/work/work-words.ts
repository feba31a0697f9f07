import type { FindingState, FindingWork } from '@lunwarden/contract';

/** Only a report makes `verified`; a person who says "done" leaves it in progress until one proves it. */
export const stateWords: Record<FindingState, string> = {
  open: 'Open',
  acknowledged: 'Acknowledged',
  'in-progress': 'In progress',
  accepted: 'Risk accepted',
  verified: 'Verified as fixed',
};

const voidedWords: Record<NonNullable<FindingWork['voided']>, string> = {
  'facts-changed': 'An acceptance ended because the facts changed',
  expired: 'An acceptance ran out',
};

/** What happened to it beside its state, in words; empty = nothing. */
export function remarksOf({ voided, reopened, verdict, state }: FindingWork): string[] {
  return [
    voided !== null && voidedWords[voided],
    reopened > 0 && `came back ${reopened === 1 ? 'once' : `${reopened} times`} after it was verified`,
    state !== 'verified' && verdict === 'unknown' && 'nobody can read any more whether it is fixed',
    state !== 'verified' &&
      (verdict === 'safe' || verdict === 'not-applicable') &&
      'the newest verdict finds nothing; a newer report must prove it',
  ].filter((remark) => remark !== false);
}
