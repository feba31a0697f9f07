import { judgeOfflineReason } from '../drift.js';
import type { MappedDatastore } from '../facts.js';
import { anyJudgement, listed, notKnown, type Place, verdictOf } from '../judging.js';
import { type About, type Judgement, onWindows, type Rule, type RuleContext } from '../rule.js';

/**
 * One VMFS volume on LUNs that have nothing in common: one of them is a copy that an ESXi host mounted, whether the host
 * sees both of them or only one.
 */
function copyInSight({ exposure, facts }: RuleContext): Judgement {
  const place: Place = { source: 'LUN map of the vCenters', at: exposure.mapCollectedAt };
  if (!hasCopies(facts.map.datastores)) return noneFound(exposure.isComplete, place);
  const inSight = new Set(exposure.datastores.map(({ id }) => id));
  const seen = new Map<string, string>();
  const twice: string[] = [];
  const copies: string[] = [];
  for (const { id, name, vmfsUuid, isCopy } of facts.map.datastores) {
    if (vmfsUuid === null || !inSight.has(id)) continue;
    if (isCopy === true) copies.push(name);
    const first = seen.get(vmfsUuid);
    if (first === undefined) seen.set(vmfsUuid, name);
    else twice.push(`${first} and ${name}`);
  }
  if (twice.length > 0) return verdictOf(true, `One volume twice: ${listed(twice)}`, place);
  if (copies.length > 0) return verdictOf(true, `Its volume lies on another LUN too: ${listed(copies)}`, place);
  return noneFound(exposure.isComplete, place);
}

/** In most maps no volume is there twice, whoever sees it. */
const hasCopies = (datastores: readonly MappedDatastore[]): boolean =>
  datastores.some(({ isCopy }) => isCopy === true) ||
  new Set(datastores.map(({ vmfsUuid }) => vmfsUuid)).size < datastores.length;

const noneFound = (isComplete: boolean, place: Place): Judgement =>
  isComplete
    ? verdictOf(false, 'No volume is in sight twice', place)
    : notKnown('Not every LUN in sight is known, so that one may be a copy', place);

export const about: About = {
  code: 'WIN-018',
  title: 'The host sees a snapshot or replica of a LUN',
  safeTitle: 'The host sees no snapshot or replica of a LUN',
  signals: ['disks', 'map'],
};

/** WIN-018: a copy of a datastore looks like the datastore to everyone who restores. */
export const snapshotLunVisible: Rule = {
  id: 'snapshot-lun-visible',
  severity: 'medium',
  judge: (context) =>
    onWindows(context, () =>
      anyJudgement([
        judgeOfflineReason(context, { reason: 3, words: 'is a snapshot of another disk' }),
        copyInSight(context),
      ]),
    ),
};
