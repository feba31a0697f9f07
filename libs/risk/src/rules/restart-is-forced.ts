import { judgeSubject, verdictOf, windowsSubject } from '../judging.js';
import { type About, besideWindowsLuns, type Rule } from '../rule.js';

export const about: About = {
  code: 'PAT-010',
  title: 'Windows restarts by force after an installation',
  safeTitle: 'Windows does not restart by force',
  signals: ['updatePolicy', 'disks'],
};

/** PAT-010: the host restarts at a fixed time, whatever hangs on it. */
export const restartIsForced: Rule = {
  id: 'restart-is-forced',
  severity: 'medium',
  judge: (context) =>
    besideWindowsLuns(context, () => {
      const subject = windowsSubject(context, {
        name: 'The update policy is',
        source: 'WindowsUpdate\\AU',
        trust: 'patch',
        fact: (facts) => facts.updatePolicy,
      });
      // Absent means the default, and the default does not force.
      return judgeSubject(subject, ({ alwaysAutoReboot }, place) =>
        verdictOf(
          alwaysAutoReboot === true,
          `AlwaysAutoRebootAtScheduledTime is ${alwaysAutoReboot === true ? 'on' : 'off'}`,
          place,
        ),
      );
    }),
};
