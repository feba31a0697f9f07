import { judgeSubject, verdictOf, windowsSubject } from '../judging.js';
import { type About, besideWindowsLuns, type Rule } from '../rule.js';

export const about: About = {
  code: 'WIN-008',
  title: 'Nothing sets the guards again when somebody changes them',
  safeTitle: 'Something sets the guards again when somebody changes them',
  signals: ['guardEnforcement', 'disks'],
};

/** WIN-008: a guard that nothing sets again will drift. */
export const guardNotEnforced: Rule = {
  id: 'guard-not-enforced',
  severity: 'info',
  judge: (context) =>
    besideWindowsLuns(context, () =>
      judgeSubject(
        windowsSubject(context, {
          name: 'What enforces the guards is',
          source: 'Group Policy and desired state',
          fact: (facts) => facts.guardEnforcement,
        }),
        (by, place) => verdictOf(by.length === 0, by.length === 0 ? 'Set by hand' : `Set by ${by.join(', ')}`, place),
      ),
    ),
};
