import { notApplicable } from '../judging.js';
import { type About, judgeReading, type Rule } from '../rule.js';

export const about: About = {
  code: 'PAT-004',
  title: 'An update failed with a code whose popular fix endangers SAN disks',
  safeTitle: 'No update failed with a code whose popular fix endangers SAN disks',
  signals: ['updateHistory', 'disks'],
};

/** PAT-004: somebody is about to look for a fix, and the first one found opens the LUNs. */
export const updateFailedWithTrapCode: Rule = {
  id: 'update-failed-with-trap-code',
  severity: 'low',
  judge: ({ signals }) => {
    if (signals.platform === 'linux') return notApplicable;
    const judged = judgeReading(signals.failedUpdate, (failed) => failed);
    return { ...judged, severity: signals.visibleLuns.worst ? 'high' : 'low' };
  },
};
