import { hostFact } from '../host-fact.js';
import { grade, mapTold } from '../reading.js';
import type { Signals, Source } from '../signals.js';

type Role = Signals['role'];

/** A backup server is the worse host to lose to an intruder, so an unknown role counts as one. */
export function roleReading(source: Source): Role {
  const role = mapTold(
    hostFact(source, ({ roles }) => roles, 'mode'),
    (roles) => (roles.includes('backup-server') ? 'backup-server' : 'proxy'),
  );
  return grade<Role['worst']>(role, {
    worst: 'backup-server',
    best: 'proxy',
    isBad: (value) => value === 'backup-server',
    say: (value) => (value === 'backup-server' ? 'The host is the backup server' : 'The host is not the backup server'),
    name: 'The role of the host is',
    source: 'backup product',
    observedAt: source.observedAt,
  });
}
