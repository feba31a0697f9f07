import { instantText } from '../instant-text.js';
import { judgeSubject, notApplicable, safeOnlyIf, verdictOf } from '../judging.js';
import type { About, Rule } from '../rule.js';
import { changeWindow, windowNearMs } from '../windows.js';

/** Hazard of a write (0..1) of a host whose LUNs are offline, read-only and guarded, with a margin. */
const enough = 0.15;

export const about: About = {
  code: 'CHG-001',
  title: 'A change window is near, and the guards are not in order',
  safeTitle: 'The guards are in order for the next change window',
  signals: ['change', 'disks', 'sanPolicy', 'automount'],
};

/** CHG-001: the change will start beside LUNs that nothing protects. */
export const windowNearGuardsWeak: Rule = {
  id: 'window-near-guards-weak',
  severity: 'high',
  judge: (context) =>
    judgeSubject(changeWindow(context), (window, place) => {
      if (window === null || window.phase === 'over') return notApplicable;
      if (window.phase === 'later' && window.untilMs > windowNearMs) return notApplicable;
      const { worst, best } = context.scored;
      const judged = verdictOf(
        best.corruption > enough,
        `${window.name} starts at ${instantText(window.startsAt)}`,
        place,
      );
      return safeOnlyIf(worst.corruption <= enough, judged);
    }),
};
