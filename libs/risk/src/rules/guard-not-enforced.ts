import { judgeSubject, verdictOf, windowsSubject } from '../judging.js';
import { besideWindowsLuns, type Rule } from '../rule.js';

/** WIN-008: a guard that nothing sets again will drift. */
export const guardNotEnforced: Rule = {
  id: 'guard-not-enforced',
  code: 'WIN-008',
  title: 'Nothing sets the guards again when somebody changes them',
  safeTitle: 'Something sets the guards again when somebody changes them',
  severity: 'info',
  signals: ['guardEnforcement', 'disks'],
  judge: (_facts, context) =>
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
