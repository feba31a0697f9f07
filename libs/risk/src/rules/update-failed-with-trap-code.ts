import { judgeReading, type Rule } from '../rule.js';

/** PAT-004: somebody is about to look for a fix, and the first one found opens the LUNs. */
export const updateFailedWithTrapCode: Rule = {
  id: 'update-failed-with-trap-code',
  code: 'PAT-004',
  title: 'An update failed with a code whose popular fix endangers SAN disks',
  safeTitle: 'No update failed with a code whose popular fix endangers SAN disks',
  severity: 'low',
  why: 'The installer cannot write to a partition without a drive letter; the fix found first turns automount on for all disks.',
  remedy: [
    'Stop the backup jobs and unmask the VMFS LUNs; check that none is left in sight.',
    'Give a letter to the one partition that the installer needs: `mountvol S: /S`, or assign one to System Reserved on the boot disk.',
    'Install the update and reboot.',
    'Remove the letter. Check that automount is disabled and SAN policy is OfflineShared.',
    'Present the LUNs again, and check that each is offline and read-only.',
  ],
  unsafeFix: '`automount enable` and a reboot: the update installs, and every LUN in sight may be mounted.',
  source: 'Microsoft, KB976932 and error 0x800f0a12; KB5028997',
  signals: ['updateHistory', 'disks'],
  judge: (_facts, { signals }) => {
    if (signals.platform === 'linux') return { verdict: 'not-applicable', evidence: [] };
    const judged = judgeReading(signals.failedUpdate, (failed) => failed);
    return { ...judged, severity: signals.visibleLuns.worst ? 'high' : 'low' };
  },
};
