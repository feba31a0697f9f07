import { instantText } from '../instant-text.js';
import { judgeSubject, verdictOfAny } from '../judging.js';
import { recorded } from '../outside.js';
import type { About, Rule } from '../rule.js';

export const about: About = {
  code: 'CHG-005',
  title: 'A temporary exception has expired and is still open',
  safeTitle: 'No temporary exception has expired',
  signals: ['change'],
};

/** CHG-005: what was meant for a night is still open. */
export const exceptionExpired: Rule = {
  id: 'exception-expired',
  severity: 'medium',
  judge: (context) => {
    const subject = {
      name: 'Temporary exceptions are',
      source: 'change records',
      at: null,
      told: recorded(context.facts.change?.exceptions),
    };
    return judgeSubject(subject, (exceptions, place) => {
      const open = exceptions.filter(
        ({ expiresAt, closedAt }) => closedAt === null && !(Date.parse(expiresAt) > context.asOf),
      );
      const names = open.map(({ name, expiresAt }) => `${name}, until ${instantText(expiresAt)}`);
      return verdictOfAny(names, { none: 'None is overdue' }, place);
    });
  },
};
