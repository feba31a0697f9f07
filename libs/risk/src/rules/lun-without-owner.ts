import { lunEvidence } from '../judge-luns.js';
import type { About, Rule } from '../rule.js';

export const about: About = {
  code: 'LUN-006',
  title: 'The host sees a SAN disk that no vCenter knows',
  safeTitle: 'Every SAN disk in sight is accounted for',
  signals: ['disks', 'map'],
};

/** LUN-006: a disk on a shared bus that no map knows. */
export const lunWithoutOwner: Rule = {
  id: 'lun-without-owner',
  severity: 'medium',
  judge: (context) => {
    const { luns, signals, facts } = context;
    const strangers = luns.kind === 'unknown' ? [] : luns.value.filter(({ isVmfs }) => isVmfs === 'unknown');
    if (strangers.length === 0)
      return { verdict: luns.kind === 'certain' ? 'safe' : 'unknown', evidence: signals.visibleLuns.evidence };
    const hasEveryMap =
      facts.map.vcenters.length > 0 && facts.map.vcenters.every(({ collectedAt }) => collectedAt !== null);
    // Without every map, a stranger may only be somebody whom we have not met yet.
    const verdict = hasEveryMap ? 'at-risk' : 'unknown';
    return { verdict, evidence: [lunEvidence(strangers, 'known to no LUN map, counted as VMFS', context)] };
  },
};
