import { judgeSubject, notKnown, verdictOf } from '../judging.js';
import { transport } from '../outside.js';
import { type About, besideLuns, type Rule } from '../rule.js';

export const about: About = {
  code: 'SAN-009',
  title: 'Backup from storage snapshots, and production LUNs in sight all the same',
  safeTitle: 'Production LUNs are in sight only where Direct SAN reads them',
  signals: ['transport', 'disks'],
};

/** SAN-009: backup from storage snapshots needs no production LUN. */
export const snapshotModeBesideProductionLuns: Rule = {
  id: 'snapshot-mode-beside-production-luns',
  severity: 'high',
  judge: (context) =>
    besideLuns(context, () =>
      judgeSubject(transport(context), ({ configured, directKind }, place) => {
        if (configured !== 'direct-san') return verdictOf(false, 'Not set to direct access', place);
        if (directKind === undefined || directKind === 'unknown')
          return notKnown('Which kind of direct access is not known', place);
        return verdictOf(directKind === 'snapshot', `Direct access: ${directKind}`, place);
      }),
    ),
};
