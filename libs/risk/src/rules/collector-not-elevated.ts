import { notKnown, verdictOf } from '../judging.js';
import type { Rule } from '../rule.js';

/** COL-003: without its rights the collector cannot read the guards. */
export const collectorNotElevated: Rule = {
  id: 'collector-not-elevated',
  code: 'COL-003',
  title: 'The collector runs without the rights it needs',
  safeTitle: 'The collector runs with the rights it needs',
  severity: 'low',
  signals: ['elevated'],
  judge: ({ report }, { trusts }) => {
    const place = { source: 'newest report', at: report?.observedAt ?? null };
    if (report === null) return notKnown('The host has never reported', place);
    const { elevated } = report.facts;
    const judged = verdictOf(
      !elevated,
      elevated ? 'The collector ran elevated' : 'The collector ran without elevation',
      place,
    );
    return elevated && !trusts.hostState.fresh ? { ...judged, verdict: 'unknown' } : judged;
  },
};
