import { judgeFixes } from '../fixes.js';
import type { Rule } from '../rule.js';

/** VBR-002: the build number is the same with and without the private fix. */
export const backupServerFixUnproven: Rule = {
  id: 'backup-server-fix-unproven',
  code: 'VBR-002',
  title: 'Nobody can tell whether the backup server has a private fix',
  safeTitle: 'The build of the backup server says whether it is fixed',
  severity: 'medium',
  signals: ['product', 'feeds'],
  judge: (_facts, context) => {
    const judged = judgeFixes(context, (states) => states.filter(({ state }) => state === 'unproven'));
    return judged.verdict === 'at-risk' ? { ...judged, severity: 'medium' } : judged;
  },
};
