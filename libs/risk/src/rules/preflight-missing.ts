import { judgeSubject, notApplicable, verdictOf } from '../judging.js';
import { recorded } from '../outside.js';
import type { About, Rule } from '../rule.js';
import { changeWindow, windowChecksMs } from '../windows.js';

export const about: About = {
  code: 'CHG-002',
  title: 'No fresh pre-flight check stands before the change window',
  safeTitle: 'A fresh pre-flight check stands before the change window',
  signals: ['change'],
};

/** CHG-002: what was safe yesterday may not be safe at the start of the window. */
export const preflightMissing: Rule = {
  id: 'preflight-missing',
  severity: 'medium',
  judge: (context) =>
    judgeSubject(changeWindow(context), (window, place) => {
      if (window === null || window.phase === 'over') return notApplicable;
      if (window.phase === 'later' && window.untilMs > windowChecksMs) return notApplicable;
      const check = { ...place, name: 'The pre-flight check is', told: recorded(context.facts.change?.preflightAt) };
      return judgeSubject(check, (at) => {
        const isFresh = at !== null && Date.parse(window.startsAt) - Date.parse(at) <= windowChecksMs;
        return verdictOf(
          !isFresh,
          at === null ? 'No pre-flight check was run' : `Last pre-flight check at ${at}`,
          place,
        );
      });
    }),
};
