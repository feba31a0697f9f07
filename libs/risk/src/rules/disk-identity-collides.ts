import { judgeOfflineReason } from '../drift.js';
import { onWindows, type Rule } from '../rule.js';

/** WIN-017: Windows gives one of two disks with one identity a new one when it comes online: that is a write. */
export const diskIdentityCollides: Rule = {
  id: 'disk-identity-collides',
  code: 'WIN-017',
  title: 'Two disks carry the same identity',
  safeTitle: 'No two disks carry the same identity',
  severity: 'high',
  signals: ['disks'],
  judge: (_facts, context) =>
    onWindows(context, () => judgeOfflineReason(context, { reason: 4, words: 'carries the identity of another disk' })),
};
