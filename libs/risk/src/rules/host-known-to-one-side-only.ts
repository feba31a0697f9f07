import { judgeSubject, notKnown, verdictOf } from '../judging.js';
import { productProxy } from '../outside.js';
import type { About, Rule } from '../rule.js';

export const about: About = {
  code: 'COL-004',
  title: 'The backup product and the reports do not agree that this host is a proxy',
  safeTitle: 'The backup product and the reports agree about this host',
  signals: ['product', 'roles'],
};

/** COL-004: a host that only one side knows is a host that nobody checks. */
export const hostKnownToOneSideOnly: Rule = {
  id: 'host-known-to-one-side-only',
  severity: 'medium',
  judge: (context) =>
    judgeSubject(productProxy(context), (proxy, place) => {
      const { report } = context.facts;
      if (proxy !== null && report === null)
        return verdictOf(true, 'A proxy of the backup product that has never reported', place);
      if (proxy !== null) return verdictOf(false, 'Known to the backup product and reporting', place);
      const roles = report?.facts.roles ?? { unknown: 'never_reported' as const };
      if ('unknown' in roles)
        return notKnown('Not in the backup product; what the host says of itself is not known', place);
      const claims = roles.value.includes('proxy');
      return verdictOf(
        claims,
        claims ? 'Reports as a proxy, unknown to the backup product' : 'Not a proxy on either side',
        place,
      );
    }),
};
