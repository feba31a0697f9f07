import { judgeSubject, notApplicable, verdictOf } from '../judging.js';
import { aged } from '../outside.js';
import type { About, Rule } from '../rule.js';
import { changeWindow } from '../windows.js';

export const about: About = {
  code: 'CHG-003',
  title: 'Backup jobs may start while the host is being changed',
  safeTitle: 'No backup job may start while the host is being changed',
  signals: ['change'],
};

/** CHG-003: a reboot with disks attached leaves them attached, and half a backup behind. */
export const jobsEnabledInWindow: Rule = {
  id: 'jobs-enabled-in-window',
  severity: 'medium',
  judge: (context) =>
    judgeSubject(changeWindow(context), (window, place) => {
      if (window?.phase !== 'running') return notApplicable;
      const known = context.facts.change?.jobs;
      const at = known !== undefined && 'value' in known ? known.value.at : null;
      // Jobs start by the minute: what the product saw may stand for as long as a host counts as alive, and no longer.
      const told = aged(context, 'aliveMs', { known, at });
      const jobs = { ...place, at, name: 'The state of the jobs is', told };
      return judgeSubject(jobs, ({ areEnabled, runningTasks }) =>
        verdictOf(
          areEnabled || runningTasks > 0,
          `Jobs ${areEnabled ? 'enabled' : 'disabled'}, ${runningTasks} tasks running`,
          place,
        ),
      );
    }),
};
