import { type About, besideWindowsLuns, judgeReading, type Rule } from '../rule.js';

export const about: About = {
  code: 'WIN-001',
  title: 'Windows brings every new SAN disk online, writable',
  safeTitle: 'Windows leaves new SAN disks offline',
  signals: ['sanPolicy', 'disks'],
};

/** WIN-001: new disks come up online and writable. */
export const sanPolicyOnlineAll: Rule = {
  id: 'san-policy-online-all',
  severity: 'high',
  judge: (context) =>
    besideWindowsLuns(context, () => {
      const judged = judgeReading(context.signals.sanPolicy, (policy) => policy === 'OnlineAll');
      const isWritable = context.signals.luns.best.some((state) => state.endsWith('-writable'));
      return isWritable ? { ...judged, severity: 'critical' } : judged;
    }),
};
