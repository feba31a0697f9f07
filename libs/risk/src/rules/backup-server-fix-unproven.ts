import { judgeFixes } from '../fixes.js';
import type { About, Rule } from '../rule.js';

export const about: About = {
  code: 'VBR-002',
  title: 'Nobody can tell whether the backup server has a fix',
  safeTitle: 'The build of the backup server says whether it is fixed',
  signals: ['product', 'feeds'],
};

/** VBR-002: the build number is the same with and without the private fix, or the table does not name its branch. */
export const backupServerFixUnproven: Rule = {
  id: 'backup-server-fix-unproven',
  severity: 'medium',
  judge: (context) => {
    const judged = judgeFixes(context, { isBad: ({ state }) => state === 'unproven', isOpen: () => false });
    return judged.verdict === 'at-risk' ? { ...judged, severity: 'medium' } : judged;
  },
};
