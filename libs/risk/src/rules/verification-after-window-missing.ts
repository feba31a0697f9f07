import { instantText } from '../instant-text.js';
import { judgeSubject, notApplicable, notKnown, verdictOf } from '../judging.js';
import type { About, Rule } from '../rule.js';
import { endedWindow, windowGraceMs } from '../windows.js';

export const about: About = {
  code: 'CHG-004',
  title: 'Nothing was heard of the host since its change window ended',
  safeTitle: 'The host reported after its change window',
  signals: ['change', 'observedAt'],
};

/** CHG-004: guards may be off since the change, and nobody looked. */
export const verificationAfterWindowMissing: Rule = {
  id: 'verification-after-window-missing',
  severity: 'high',
  judge: (context) =>
    judgeSubject(endedWindow(context), (window, place) => {
      if (window === null) return notApplicable;
      const { observedAt } = context;
      const isVerified = observedAt !== null && Date.parse(observedAt) >= Date.parse(window.endsAt);
      if (isVerified) return verdictOf(false, `Reported at ${instantText(observedAt)}, after the window`, place);
      if (context.asOf - Date.parse(window.endsAt) > windowGraceMs)
        return verdictOf(true, `No report since ${instantText(window.endsAt)}`, place);
      return notKnown(`The window ended at ${instantText(window.endsAt)}; no report yet`, place);
    }),
};
