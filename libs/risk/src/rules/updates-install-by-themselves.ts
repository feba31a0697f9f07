import { type About, besideWindowsLuns, judgeReading, type Rule } from '../rule.js';

export const about: About = {
  code: 'PAT-009',
  title: 'Updates install on a schedule beside production LUNs',
  safeTitle: 'Updates wait for an operator',
  signals: ['updatePolicy', 'disks'],
};

/** PAT-009: at three in the morning nobody unmasks the LUNs first. */
export const updatesInstallByThemselves: Rule = {
  id: 'updates-install-by-themselves',
  severity: 'medium',
  judge: (context) => besideWindowsLuns(context, () => judgeReading(context.signals.autoInstall, (is) => is)),
};
