import { refusalCountsMs } from '../facts/change-view.js';
import { judgeSubject, verdictOf, verdictOfAny } from '../judging.js';
import { recorded } from '../outside.js';
import type { About, Rule } from '../rule.js';

export const about: About = {
  code: 'COL-002',
  title: 'Reports in the name of this host were refused, or two hosts use its key',
  safeTitle: 'Reports of this host carry a key that is its own',
  signals: ['change', 'identityConflict'],
};

/** COL-002: somebody may be speaking in the name of this host. */
export const reportNotTrusted: Rule = {
  id: 'report-not-trusted',
  severity: 'high',
  judge: (context) => {
    const place = { source: 'intake', at: null };
    if (context.facts.identityConflict) return verdictOf(true, 'Two hosts report under one key', place);
    const subject = { ...place, name: 'Refused reports are', told: recorded(context.facts.change?.refusals) };
    return judgeSubject(subject, (refusals) => {
      const lately = refusals.filter(({ at }) => !(context.asOf - Date.parse(at) > refusalCountsMs));
      return verdictOfAny(
        lately.map(({ at, reason }) => `${at}: ${reason}`),
        { none: 'None was refused' },
        place,
      );
    });
  },
};
