import { notApplicable, safeOnlyIf, verdictOfAny } from '../judging.js';
import { judgeProxy } from '../outside.js';
import { type About, besideLuns, type Rule } from '../rule.js';

/** More than so many needless datastores are a zoning that nobody looks after. */
const many = 5;

export const about: About = {
  code: 'LUN-001',
  title: 'The host sees datastores that none of its jobs needs',
  safeTitle: 'Jobs need every datastore that the host sees',
  signals: ['disks', 'map', 'product'],
};

/** LUN-001: each LUN that no job reads is risk without use. */
export const lunsNotNeeded: Rule = {
  id: 'luns-not-needed',
  severity: 'medium',
  judge: (context) =>
    besideLuns(context, () => {
      const { datastores, isComplete } = context.exposure;
      return judgeProxy(
        context,
        { name: 'Datastores that its jobs need are', fact: (proxy) => proxy.neededDatastores },
        (needed, place) => {
          if (needed === null) return notApplicable;
          const wanted = new Set(needed);
          const extra = datastores.filter(({ id }) => !wanted.has(id)).map(({ name }) => name);
          const judged = verdictOfAny(extra, { lead: 'Not needed: ', none: 'All are needed' }, place);
          return safeOnlyIf(isComplete, { ...judged, severity: extra.length > many ? 'high' : 'medium' });
        },
      );
    }),
};
