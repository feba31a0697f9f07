import { type About, judgeReading, type Rule } from '../rule.js';

export const about: About = {
  code: 'PAT-008',
  title: 'A reboot is pending',
  safeTitle: 'No reboot is pending',
  signals: ['pendingReboot', 'disks'],
};

/** PAT-008: the reboot will come at a time that nobody chose. */
export const rebootPending: Rule = {
  id: 'reboot-pending',
  severity: 'low',
  judge: ({ signals }) => ({
    ...judgeReading(signals.pendingReboot, (pending) => pending),
    severity: signals.visibleLuns.worst ? 'medium' : 'low',
  }),
};
