import { besideWindowsLuns, judgeReading, type Rule } from '../rule.js';

/** PAT-009: at three in the morning nobody unmasks the LUNs first. */
export const updatesInstallByThemselves: Rule = {
  id: 'updates-install-by-themselves',
  code: 'PAT-009',
  title: 'Updates install on a schedule beside production LUNs',
  safeTitle: 'Updates wait for an operator',
  severity: 'medium',
  signals: ['updatePolicy', 'disks'],
  judge: (_facts, context) => besideWindowsLuns(context, () => judgeReading(context.signals.autoInstall, (is) => is)),
};
