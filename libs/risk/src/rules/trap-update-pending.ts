import { patchFact } from '../host-fact.js';
import { judgeSubject, verdictOfAny } from '../judging.js';
import type { About, Rule } from '../rule.js';
import { trapsAmong } from '../traps/traps-of.js';

export const about: About = {
  code: 'PAT-005',
  title: 'A waiting update is known to fail in a way whose popular fix endangers LUNs',
  safeTitle: 'No waiting update is known for a dangerous popular fix',
  signals: ['pendingUpdates', 'disks'],
};

/** PAT-005: it may fail in a way that sends people to a fix that opens the LUNs. */
export const trapUpdatePending: Rule = {
  id: 'trap-update-pending',
  severity: 'low',
  judge: (context) => {
    const told = patchFact(context, (own) => own.pendingUpdates);
    const subject = {
      name: 'Waiting updates are',
      source: 'update scan of the host',
      at: context.observedAt,
      told,
    };
    const judged = judgeSubject(subject, (pending, place) => {
      const names = trapsAmong(pending, context).map(({ id, title, detail }) => `${detail}: ${title} (${id})`);
      return verdictOfAny(names, { none: 'No trap among the waiting updates' }, place);
    });
    return { ...judged, severity: context.signals.visibleLuns.worst ? 'high' : 'low' };
  },
};
