import { judgeSubject, verdictOfAny } from '../judging.js';
import { inventory } from '../outside.js';
import type { About, Rule } from '../rule.js';

export const about: About = {
  code: 'HOT-003',
  title: 'Backups left snapshots behind, or VMs that need consolidation',
  safeTitle: 'No backup left a snapshot behind',
  signals: ['inventory'],
};

/** HOT-003: a forgotten snapshot grows until its datastore is full. */
export const snapshotsLeftBehind: Rule = {
  id: 'snapshots-left-behind',
  severity: 'medium',
  judge: (context) =>
    judgeSubject(
      inventory(context, { name: 'Snapshots left behind are', fact: (view) => view.leftovers }),
      (left, place) => {
        const names = left.map(({ vm, snapshot }) => `${vm}: ${snapshot ?? 'needs consolidation'}`);
        return verdictOfAny(names, { none: 'None is left' }, place);
      },
    ),
};
