import type { About, Rule } from '../rule.js';

export const about: About = {
  code: 'COL-001',
  title: 'The host has stopped reporting',
  safeTitle: 'The host reports',
  signals: ['lastSeenAt', 'observedAt'],
};

/** COL-001: what we show is how the host was, not how it is. */
export const reportTooOld: Rule = {
  id: 'report-too-old',
  severity: 'low',
  judge: ({ facts: { report, lastSeenAt }, asOf, policy: { freshness } }) => {
    const source = 'newest report';
    const at = lastSeenAt ?? report?.receivedAt ?? null;
    if (report === null || at === null)
      return { verdict: 'unknown', evidence: [{ text: 'The host has never reported', source, observedAt: null }] };
    const age = asOf - Date.parse(at);
    const evidence = [{ text: `Last heard of at ${at}`, source, observedAt: report.observedAt }];
    if (age > freshness.reportVeryOldMs) return { verdict: 'at-risk', severity: 'medium', evidence };
    return { verdict: age > freshness.reportOldMs ? 'at-risk' : 'safe', evidence };
  },
};
