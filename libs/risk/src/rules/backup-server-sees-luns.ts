import { besideLuns, judgeReading, type Rule } from '../rule.js';

/** SAN-002: one host holds the credentials of all backups and the raw disks of production. */
export const backupServerSeesLuns: Rule = {
  id: 'backup-server-sees-luns',
  code: 'SAN-002',
  title: 'The backup server itself sees production LUNs',
  safeTitle: 'The host that sees production LUNs is not the backup server',
  severity: 'high',
  signals: ['roles', 'disks'],
  judge: (_facts, context) =>
    besideLuns(context, () => judgeReading(context.signals.role, (role) => role === 'backup-server')),
};
