import { type About, besideWindowsLuns, judgeReading, type Rule } from '../rule.js';

export const about: About = {
  code: 'WIN-002',
  title: 'The SAN policy guards internal disks and brings SAN disks online',
  safeTitle: 'The SAN policy is not the reverse of what a SAN host needs',
  signals: ['sanPolicy', 'disks'],
};

/** WIN-002: the policy that is the wrong way round for a host on a SAN. */
export const sanPolicyOfflineInternal: Rule = {
  id: 'san-policy-offline-internal',
  severity: 'high',
  judge: (context) =>
    besideWindowsLuns(context, () => judgeReading(context.signals.sanPolicy, (policy) => policy === 'OfflineInternal')),
};
