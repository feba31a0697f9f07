import { besideWindowsLuns, judgeReading, type Rule } from '../rule.js';

/** WIN-001: new disks come up online and writable. */
export const sanPolicyOnlineAll: Rule = {
  id: 'san-policy-online-all',
  code: 'WIN-001',
  title: 'Windows brings every new SAN disk online, writable',
  safeTitle: 'Windows leaves new SAN disks offline',
  severity: 'high',
  why: 'The next LUN that is mapped, renumbered or rescanned comes up online and writable, and one click initializes it.',
  remedy: [
    'Unmask the VMFS LUNs from this host, or stop its backup jobs.',
    'In diskpart: `san policy=OfflineShared`.',
    'Set each VMFS LUN offline and read-only: the policy does not change disks that Windows already knows.',
    'Check each LUN with `Get-Disk`, then present the LUNs again.',
  ],
  unsafeFix: null,
  source: 'Microsoft, diskpart san; Veeam, Direct SAN access requirements',
  signals: ['sanPolicy', 'disks'],
  judge: (_facts, context) =>
    besideWindowsLuns(context, () => {
      const judged = judgeReading(context.signals.sanPolicy, (policy) => policy === 'OnlineAll');
      const isWritable = context.signals.luns.best.some((state) => state.endsWith('-writable'));
      return isWritable ? { ...judged, severity: 'critical' } : judged;
    }),
};
