import { judgeSubject, safeOnlyIf, verdictOf, windowsSubject } from '../judging.js';
import { type About, onWindows, type Rule } from '../rule.js';

/** Source: Microsoft KB5028997 (recovery) and the setup error reference (system partition, with a margin). */
const need = { systemMb: 20, recoveryMb: 250 };

export const about: About = {
  code: 'PAT-006',
  title: 'A boot or recovery partition has too little room for the next updates',
  safeTitle: 'The boot and recovery partitions have room',
  signals: ['bootSpace'],
};

/** PAT-006: the next boot-store or recovery update will fail, and somebody will look for a fix. */
export const bootPartitionTooSmall: Rule = {
  id: 'boot-partition-too-small',
  severity: 'medium',
  judge: (context) =>
    onWindows(context, () => {
      const subject = windowsSubject(context, {
        name: 'Room on the boot partitions is',
        source: 'boot disk',
        trust: 'patch',
        fact: (facts) => facts.bootSpace,
      });
      return judgeSubject(
        subject,
        ({ systemPartitionFreeMb: system, recoveryPartitionFreeMb: recovery, winReEnabled }, place) => {
          const isShort =
            (system !== null && system < need.systemMb) ||
            (winReEnabled !== false && recovery !== null && recovery < need.recoveryMb);
          const text = `Free: ${system ?? 'unknown'} MB on the system partition, ${recovery ?? 'unknown'} MB on the recovery partition`;
          const isRead = system !== null && (winReEnabled === false || recovery !== null);
          return safeOnlyIf(isRead, verdictOf(isShort, text, place));
        },
      );
    }),
};
