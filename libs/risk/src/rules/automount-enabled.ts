import type { Severity } from '@lunwarden/contract';
import { besideWindowsLuns, judgeReading, type Rule, type RuleContext } from '../rule.js';

/** WIN-004: the guard that the popular fix for failed updates removes. */
export const automountEnabled: Rule = {
  id: 'automount-enabled',
  code: 'WIN-004',
  title: 'Windows mounts any volume that comes online, on SAN disks too',
  safeTitle: 'Windows mounts no new volume by itself',
  severity: 'medium',
  why: 'As soon as a LUN goes online, Windows surfaces its volumes; a signature or a format is one dialog away.',
  remedy: [
    'In diskpart: `automount disable`.',
    'With the LUNs unmasked: `automount scrub`, so that no letter comes back with a disk.',
    'If an update needs the System Reserved partition, give that one partition a letter and remove it afterwards.',
  ],
  unsafeFix: '`automount enable` to make an update install: it opens every disk, not the one partition that is needed.',
  source: 'Microsoft, mountvol and diskpart automount',
  signals: ['automount', 'sanPolicy', 'disks'],
  judge: (_facts, context) =>
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
