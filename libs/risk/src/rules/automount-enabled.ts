import type { Severity } from '@lunwarden/contract';
import { type About, besideWindowsLuns, judgeReading, type Rule, type RuleContext } from '../rule.js';

export const about: About = {
  code: 'WIN-004',
  title: 'Windows mounts any volume that comes online, on SAN disks too',
  safeTitle: 'Windows mounts no new volume by itself',
  signals: ['automount', 'sanPolicy', 'disks'],
};

/** WIN-004: the guard that the popular fix for failed updates removes. */
export const automountEnabled: Rule = {
  id: 'automount-enabled',
  severity: 'medium',
  judge: (context) =>
    besideWindowsLuns(context, () => ({
      ...judgeReading(context.signals.automount, (automount) => automount === 'enabled'),
      severity: severityOf(context),
    })),
};

/** Harmless on offline disks, fatal on a writable one: the guards multiply. */
function severityOf({ signals }: RuleContext): Severity {
  if (signals.luns.best.includes('online-writable')) return 'critical';
  return signals.sanPolicy.best === 'OnlineAll' ? 'high' : 'medium';
}
