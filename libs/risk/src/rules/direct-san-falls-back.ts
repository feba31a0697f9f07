import { judgeSubject, notApplicable, notKnown, verdictOf } from '../judging.js';
import { transport } from '../outside.js';
import type { About, Rule } from '../rule.js';

/** A mode that no task used for a week says nothing of the zoning as it is now. */
const week = 7 * 86_400_000;
/** Share of tasks that may fall back before the zoning is to blame. */
const fewFallbacks = 0.1;

export const about: About = {
  code: 'SAN-005',
  title: 'Direct SAN falls back to the network again and again',
  safeTitle: 'Direct SAN reads over the SAN',
  signals: ['transport'],
};

/** SAN-005: the LUNs are exposed, and the data still goes over the network. */
export const directSanFallsBack: Rule = {
  id: 'direct-san-falls-back',
  severity: 'medium',
  judge: (context) =>
    judgeSubject(transport(context), ({ configured, directKind, observed }, place) => {
      if (configured !== 'direct-san' || directKind === 'nfs') return notApplicable;
      const tasks = (observed ?? []).filter(({ lastSeenAt }) => context.asOf - Date.parse(lastSeenAt) < week);
      const all = tasks.reduce((sum, one) => sum + one.tasks, 0);
      if (all === 0) return notKnown('No task was observed in the last 7 days: nobody knows which mode is used', place);
      const network = tasks.reduce((sum, { mode, tasks: count }) => sum + (mode === 'network' ? count : 0), 0);
      return verdictOf(network / all > fewFallbacks, `${network} of ${all} tasks went over the network`, place);
    }),
};
