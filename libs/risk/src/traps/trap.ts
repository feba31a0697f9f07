import type { PendingUpdate, UpdateAttempt } from '@lunwarden/contract';

/** What somebody means to do to a host, as far as a trap may lie in it. */
export const plannedChanges = [
  'install-updates',
  'os-upgrade',
  'boot-recovery-media',
  'resize-boot-partition',
  'roll-secure-boot-certificates',
  'add-cluster-role',
  'add-rotated-drive-repository',
  'apply-vddk-guide',
  'restore-over-san',
] as const;
export type PlannedChange = (typeof plannedChanges)[number];

export const trapIds = [
  'TRAP-01',
  'TRAP-02',
  'TRAP-03',
  'TRAP-04',
  'TRAP-05',
  'TRAP-06',
  'TRAP-07',
  'TRAP-08',
  'TRAP-09',
  'TRAP-10',
  'TRAP-11',
  'TRAP-12',
  'TRAP-13',
] as const;

/** An update or situation whose popular fix endangers the LUNs beside it. Only what it is recognised by; its texts are apart. */
export type Trap = {
  id: (typeof trapIds)[number];
  /** What it is called in a sentence: "An update of ...". */
  title: string;
  platform: 'windows' | 'linux';
  /** Beginnings of the version of the system; empty = any. */
  versions: readonly string[];
  /** Update ids. They match whatever the version says: who publishes an update knows what it is for. */
  updates: readonly string[];
  /** Update classifications, lower case. */
  categories: readonly string[];
  /** Codes of failed attempts, lower case. */
  codes: readonly string[];
  changes: readonly PlannedChange[];
};

/** A trap that is recognised by nothing yet. */
export const none = { versions: [], updates: [], categories: [], codes: [], changes: [] } as const;

export type TrapMatch = { id: Trap['id']; title: string; because: 'pending' | 'failed' | 'planned'; detail: string };

/** What a trap may be recognised in. `version` null = the system is not known: then no trap is ruled out by it. */
export type TrapGround = {
  platform: 'windows' | 'linux';
  version: string | null;
  pending: readonly PendingUpdate[];
  /** Failed attempts that no later attempt made good. */
  failed: readonly UpdateAttempt[];
  planned: readonly PlannedChange[];
};

/** The traps among the updates that wait. */
export const matchPending = (ground: Omit<TrapGround, 'failed' | 'planned'>, traps: readonly Trap[]): TrapMatch[] =>
  traps.filter(({ platform }) => platform === ground.platform).flatMap((trap) => inPending(trap, ground));

/** Every trap on this ground, each once for each way in which it shows. */
export function matchTraps(ground: TrapGround, traps: readonly Trap[]): TrapMatch[] {
  if (ground.pending.length + ground.failed.length + ground.planned.length === 0) return [];
  return traps
    .filter(({ platform }) => platform === ground.platform)
    .flatMap((trap) => [...inPending(trap, ground), ...inFailures(trap, ground), ...inPlans(trap, ground)]);
}

function inPending(trap: Trap, ground: Pick<TrapGround, 'pending' | 'version'>): TrapMatch[] {
  const found = ground.pending.filter(
    ({ id, categories }) =>
      trap.updates.includes(id) ||
      (isOf(trap, ground) && categories.some((category) => trap.categories.includes(category.toLowerCase()))),
  );
  return found.map(({ id }) => match(trap, 'pending', `${id} is waiting`));
}

function inFailures(trap: Trap, ground: TrapGround): TrapMatch[] {
  const found = ground.failed.filter(
    ({ id, hresult }) =>
      trap.updates.includes(id) || (isOf(trap, ground) && hresult !== null && trap.codes.includes(hresult)),
  );
  return found.map(({ id, hresult }) => match(trap, 'failed', `${id} failed with ${hresult ?? 'an error'}`));
}

function inPlans(trap: Trap, ground: TrapGround): TrapMatch[] {
  if (!isOf(trap, ground)) return [];
  return ground.planned
    .filter((change) => trap.changes.includes(change))
    .map((change) => match(trap, 'planned', change));
}

const isOf = ({ versions }: Trap, { version }: Pick<TrapGround, 'version'>): boolean =>
  versions.length === 0 || version === null || versions.some((start) => version.startsWith(start));

const match = ({ id, title }: Trap, because: TrapMatch['because'], detail: string): TrapMatch => ({
  id,
  title,
  because,
  detail,
});
