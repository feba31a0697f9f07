import { notKnown, verdictOf } from '../judging.js';
import { reasonWords } from '../reading.js';
import type { About, Rule } from '../rule.js';

export const about: About = {
  code: 'COL-003',
  title: 'The collector runs without the rights it needs',
  safeTitle: 'The collector runs with the rights it needs',
  signals: ['elevated'],
};

/** COL-003: without its rights the collector cannot read the guards. */
export const collectorNotElevated: Rule = {
  id: 'collector-not-elevated',
  severity: 'low',
  judge: ({ facts: { report }, trusts, observedAt }) => {
    const place = { source: 'newest report', at: observedAt };
    if (report === null) return notKnown('The host has never reported', place);
    const { elevated } = report.facts;
    if (!elevated) return verdictOf(true, 'The collector ran without elevation', place);
    const { hostState } = trusts;
    if (hostState.fresh) return verdictOf(false, 'The collector ran elevated', place);
    return notKnown(`Whether the collector still runs elevated is not known: ${reasonWords[hostState.reason]}`, place);
  },
};
