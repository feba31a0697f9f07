import { lunEvidence } from '../judge-luns.js';
import { besideWindowsLuns, type Rule } from '../rule.js';

/** WIN-013: Windows believes that it owns the LUN. */
export const vmfsLunMounted: Rule = {
  id: 'vmfs-lun-mounted',
  code: 'WIN-013',
  title: 'Windows gave a production datastore a drive letter or mount folder',
  safeTitle: 'No VMFS LUN has a drive letter or mount folder',
  severity: 'critical',
  why: 'Windows treats the volume as its own: check disk, indexing or a format will write over the datastore.',
  remedy: [
    'Stop all work on this host. Do not reboot it and do not run chkdsk.',
    'Unmask the LUN from this host at the array.',
    'Check the datastore from an ESXi host, and open a storage case before anything is rescanned.',
  ],
  unsafeFix: 'Formatting or "repairing" the volume because Windows says that it is not formatted.',
  source: 'Veeam, Direct SAN access requirements',
  signals: ['disks'],
  judge: (_facts, context) =>
    besideWindowsLuns(context, () => {
      const luns = context.vmfs;
      const mounted = luns.filter(({ isVmfs, mounts }) => isVmfs === 'yes' && mounts.length > 0);
      const [first] = mounted;
      if (first !== undefined) {
        const words = `mounted at ${first.mounts.slice(0, 5).join(', ')}`;
        return { verdict: 'at-risk', evidence: [lunEvidence(mounted, words, context)] };
      }
      const isRead = context.luns.kind === 'certain' && luns.every(({ areMountsKnown }) => areMountsKnown);
      return { verdict: isRead ? 'safe' : 'unknown', evidence: context.signals.visibleLuns.evidence };
    }),
};
