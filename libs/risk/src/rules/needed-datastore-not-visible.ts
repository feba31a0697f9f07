import { listed, notApplicable, notKnown, verdictOf } from '../judging.js';
import { judgeProxy } from '../outside.js';
import type { About, Rule } from '../rule.js';

export const about: About = {
  code: 'LUN-004',
  title: 'A datastore that the host shall read over the SAN is not in its sight',
  safeTitle: 'Every datastore that the host shall read is in its sight',
  signals: ['transport', 'disks', 'map', 'product'],
};

/** LUN-004: Direct SAN will fail, or go over the network without saying so. */
export const neededDatastoreNotVisible: Rule = {
  id: 'needed-datastore-not-visible',
  severity: 'medium',
  judge: (context) => {
    const { mode, exposure } = context;
    if (mode.effective === 'unknown') return notKnown(mode.detail, { source: 'backup product', at: null });
    if (mode.effective !== 'direct-san') return notApplicable;
    return judgeProxy(
      context,
      { name: 'Datastores that its jobs need are', fact: (proxy) => proxy.neededDatastores },
      (needed, place) => {
        if (needed === null) return notApplicable;
        const seen = new Set(exposure.datastores.map(({ id }) => id));
        const missing = needed.filter((id) => !seen.has(id));
        if (missing.length === 0) return verdictOf(false, 'All are in sight', place);
        const judged = verdictOf(true, `Not in sight: ${listed(missing)}`, place);
        // What an incomplete list or map does not show may be there all the same.
        return exposure.isComplete && context.facts.report !== null ? judged : { ...judged, verdict: 'unknown' };
      },
    );
  },
};
