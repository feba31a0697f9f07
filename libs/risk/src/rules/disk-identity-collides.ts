import { judgeOfflineReason } from '../drift.js';
import { type About, onWindows, type Rule } from '../rule.js';

export const about: About = {
  code: 'WIN-017',
  title: 'Two disks carry the same identity',
  safeTitle: 'No two disks carry the same identity',
  signals: ['disks'],
};

/** WIN-017: Windows gives one of two disks with one identity a new one when it comes online: that is a write. */
export const diskIdentityCollides: Rule = {
  id: 'disk-identity-collides',
  severity: 'high',
  judge: (context) =>
    onWindows(context, () => judgeOfflineReason(context, { reason: 4, words: 'carries the identity of another disk' })),
};
