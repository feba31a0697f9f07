import { hasUnfixedDomainTakeover } from '../fixes.js';
import { notApplicable, verdictOf } from '../judging.js';
import { judgeServer } from '../outside.js';
import type { About, Rule } from '../rule.js';

export const about: About = {
  code: 'VBR-003',
  title: 'A backup server of version 12 is joined to a domain',
  safeTitle: 'The backup server is not joined to a domain, or need not fear it',
  signals: ['product', 'feeds'],
};

/** VBR-003: several takeovers of version 12 need no more than a domain user. */
export const backupServerJoinedToDomain: Rule = {
  id: 'backup-server-joined-to-domain',
  severity: 'medium',
  judge: (context) =>
    judgeServer(
      context,
      { name: 'The version of the backup server is', fact: ({ build }) => ({ value: build }) },
      (build) => {
        // Version 13 authenticates in another way; these vulnerabilities are not in it.
        if (Number.parseInt(build, 10) >= 13) return notApplicable;
        return judgeServer(
          context,
          { name: 'Domain membership is', fact: ({ isDomainJoined }) => isDomainJoined },
          (is, place) => ({
            ...verdictOf(is, is ? `Build ${build}, joined to a domain` : 'Not joined to a domain', place),
            severity: hasUnfixedDomainTakeover(context) ? 'high' : 'medium',
          }),
        );
      },
    ),
};
