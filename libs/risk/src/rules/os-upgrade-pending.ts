import { type About, judgeReading, type Rule } from '../rule.js';

export const about: About = {
  code: 'PAT-007',
  title: 'An upgrade of the operating system is waiting',
  safeTitle: 'No upgrade of the operating system is waiting',
  signals: ['pendingUpdates', 'disks'],
};

/** PAT-007: an upgrade resets automount and may bring LUNs online. */
export const osUpgradePending: Rule = {
  id: 'os-upgrade-pending',
  severity: 'low',
  judge: ({ signals }) => ({
    ...judgeReading(signals.osUpgradePending, (is) => is),
    severity: signals.visibleLuns.worst ? 'high' : 'low',
  }),
};
