import { besideWindowsLuns, judgeReading, type Rule } from '../rule.js';

/** WIN-002: the policy that is the wrong way round for a host on a SAN. */
export const sanPolicyOfflineInternal: Rule = {
  id: 'san-policy-offline-internal',
  code: 'WIN-002',
  title: 'The SAN policy guards internal disks and brings SAN disks online',
  safeTitle: 'The SAN policy is not the reverse of what a SAN host needs',
  severity: 'high',
  why: 'OfflineInternal keeps internal disks offline and brings shared ones online: the next LUN comes up writable.',
  remedy: [
    'In diskpart: `san policy=OfflineShared`.',
    'Set each VMFS LUN offline and read-only: the policy does not change disks that Windows already knows.',
  ],
  unsafeFix: null,
  source: 'Microsoft, VDS_SAN_POLICY',
  signals: ['sanPolicy', 'disks'],
  judge: (_facts, context) =>
    besideWindowsLuns(context, () => judgeReading(context.signals.sanPolicy, (policy) => policy === 'OfflineInternal')),
};
