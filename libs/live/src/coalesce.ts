import type { Change } from '@lunwarden/contract';

/** What a change is about; a later change about the same thing makes the earlier one superfluous. */
function subjectOf(change: Change): string {
  switch (change.kind) {
    case 'host':
      return `host ${change.host.hostId}`;
    case 'host-retired':
      return `host ${change.hostId}`;
    case 'vcenter':
      return `vcenter ${change.vcenter.id}`;
    case 'vcenter-removed':
      return `vcenter ${change.vcenterId}`;
    case 'findings':
      return `findings ${change.hostId}`;
    case 'blast':
      return 'blast';
  }
}

/** The latest change of every subject, in order of `seq`, whatever the order they came in. */
export function coalesce(changes: Iterable<Change>): Change[] {
  const latest = new Map<string, Change>();
  for (const change of changes) {
    const subject = subjectOf(change);
    const known = latest.get(subject);
    if (known === undefined || known.seq < change.seq) latest.set(subject, change);
  }
  return [...latest.values()].sort((a, b) => a.seq - b.seq);
}
