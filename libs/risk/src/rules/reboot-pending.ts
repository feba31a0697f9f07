import { judgeReading, type Rule } from '../rule.js';

/** PAT-008: the reboot will come at a time that nobody chose. */
export const rebootPending: Rule = {
  id: 'reboot-pending',
  code: 'PAT-008',
  title: 'A reboot is pending',
  safeTitle: 'No reboot is pending',
  severity: 'low',
  signals: ['pendingReboot', 'disks'],
  judge: (_facts, { signals }) => ({
    ...judgeReading(signals.pendingReboot, (pending) => pending),
    severity: signals.visibleLuns.worst ? 'medium' : 'low',
  }),
};
