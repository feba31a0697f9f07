import { besideWindowsLuns, judgeReading, type Rule } from '../rule.js';

/** WIN-002: the policy that is the wrong way round for a host on a SAN. */
export const sanPolicyOfflineInternal: Rule = {
  id: 'san-policy-offline-internal',
  code: 'WIN-002',
  title: 'The SAN policy guards internal disks and brings SAN disks online',
  safeTitle: 'The SAN policy is not the reverse of what a SAN host needs',
  severity: 'high',
  signals: ['sanPolicy', 'disks'],
  judge: (_facts, context) =>
    besideWindowsLuns(context, () => judgeReading(context.signals.sanPolicy, (policy) => policy === 'OfflineInternal')),
};
