import { lunEvidence } from '../judge-luns.js';
import { type About, besideWindowsLuns, type Rule } from '../rule.js';

export const about: About = {
  code: 'WIN-013',
  title: 'Windows gave a production datastore a drive letter or mount folder',
  safeTitle: 'No VMFS LUN has a drive letter or mount folder',
  signals: ['disks'],
};

/** WIN-013: Windows believes that it owns the LUN. */
export const vmfsLunMounted: Rule = {
  id: 'vmfs-lun-mounted',
  severity: 'critical',
  judge: (context) =>
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
