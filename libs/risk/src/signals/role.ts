import { grade, told } from '../reading.js';
import type { Signals, Source } from '../signals.js';

type Role = Signals['role'];

/** A backup server is the worse host to lose to an intruder, so an unknown role counts as one. */
export function roleReading({ facts: { report }, trusts }: Source): Role {
  const now = report?.facts.roles ?? { unknown: 'never_reported' as const };
  const roles = told(now, report?.remembered.roles ?? now, trusts.mode);
  const role =
    roles.kind === 'unknown'
      ? roles
      : { ...roles, value: roles.value.includes('backup-server') ? ('backup-server' as const) : ('proxy' as const) };
  return grade<Role['worst']>(role, {
    worst: 'backup-server',
    best: 'proxy',
    isBad: (value) => value === 'backup-server',
    say: (value) => (value === 'backup-server' ? 'The host is the backup server' : 'The host is not the backup server'),
    name: 'The role of the host',
    source: 'backup product',
    observedAt: report?.observedAt ?? null,
  });
}
