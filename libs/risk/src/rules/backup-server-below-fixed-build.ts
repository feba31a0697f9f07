import { judgeFixes } from '../fixes.js';
import type { About, Rule } from '../rule.js';

export const about: About = {
  code: 'VBR-001',
  title: 'The backup server lacks a fix for a known vulnerability',
  safeTitle: 'The backup server has every fix that the feed knows',
  signals: ['product', 'feeds'],
};

/** VBR-001: who takes over the backup server holds every backup and its credentials. */
export const backupServerBelowFixedBuild: Rule = {
  id: 'backup-server-below-fixed-build',
  severity: 'high',
  judge: (context) =>
    judgeFixes(context, {
      isBad: ({ state }) => state === 'affected',
      isOpen: ({ state }) => state === 'unproven',
    }),
};
