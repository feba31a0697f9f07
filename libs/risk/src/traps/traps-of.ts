import type { PendingUpdate } from '@lunwarden/contract';
import type { Facts } from '../facts.js';
import { patchFact } from '../host-fact.js';
import { standingFailures } from '../signals/patches.js';
import type { Source } from '../signals.js';
import { offeredTraps } from './offered.js';
import { traps } from './table.js';
import { matchPending, matchTraps, type PlannedChange, type TrapMatch } from './trap.js';

type Ground = Pick<Source, 'facts' | 'trusts' | 'platform' | 'asOf'>;

/** The traps that lie in what is known of this host. What could not be read names none: ask the rules for what is unknown. */
export function trapsOf(source: Ground, planned: readonly PlannedChange[] = []): TrapMatch[] {
  const pending = patchFact(source, (facts) => facts.pendingUpdates);
  const history = patchFact(source, (facts) => (facts.platform === 'windows' ? facts.updateHistory : { value: [] }));
  return matchTraps(
    {
      platform: source.platform,
      version: versionOf(source.facts),
      pending: pending.kind === 'unknown' ? [] : pending.value,
      failed: history.kind === 'unknown' ? [] : standingFailures(history.value, source.asOf),
      planned,
    },
    traps,
  );
}

/** The traps among these updates, which wait on the host. */
export const trapsAmong = (pending: readonly PendingUpdate[], { platform, facts }: Ground): TrapMatch[] =>
  matchPending({ platform, version: versionOf(facts), pending }, offeredTraps);

function versionOf({ report }: Facts): string | null {
  if (report?.remembered.platform === 'windows')
    return 'value' in report.remembered.os ? report.remembered.os.value.version : null;
  if (report?.remembered.platform === 'linux')
    return 'value' in report.remembered.os ? report.remembered.os.value.versionId : null;
  return null;
}
