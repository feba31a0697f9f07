import { type About, besideLuns, judgeReading, type Rule } from '../rule.js';

export const about: About = {
  code: 'SAN-002',
  title: 'The backup server itself sees production LUNs',
  safeTitle: 'The host that sees production LUNs is not the backup server',
  signals: ['roles', 'disks'],
};

/** SAN-002: one host holds the credentials of all backups and the raw disks of production. */
export const backupServerSeesLuns: Rule = {
  id: 'backup-server-sees-luns',
  severity: 'high',
  judge: (context) => besideLuns(context, () => judgeReading(context.signals.role, (role) => role === 'backup-server')),
};
