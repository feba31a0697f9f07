import type { Lun } from './lun.js';
import type { LunState } from './model.js';

/**
 * What the model takes from the LUNs of a host, as flags that add up: of each LUN only which kind it is, however many
 * there are. A map changes the flags of the LUNs that it knows, and nothing else of a host.
 */
export type Sight = number;

const states = [
  'array-read-only',
  'offline-read-only',
  'offline-writable',
  'online-read-only',
  'online-writable',
] as const satisfies readonly LunState[];

const isWorst = (state: LunState): Sight => 1 << states.indexOf(state);
const isBest = (state: LunState): Sight => isWorst(state) << states.length;

/** Flags beside the states; a LUN that is no VMFS LUN sets none of them. */
export const sees = {
  vmfs: 1 << 10,
  stranger: 1 << 11,
  doubtfulState: 1 << 12,
  overwritten: 1 << 13,
  doubtfulTable: 1 << 14,
  unmapped: 1 << 15,
} as const;

type Seen = Pick<Lun, 'isVmfs' | 'worst' | 'best' | 'isOverwritten'>;

export function sightOf({ isVmfs, worst, best, isOverwritten }: Seen, isMapped: boolean): Sight {
  if (isVmfs === 'no') return 0;
  return (
    isWorst(worst) |
    (isVmfs === 'yes' ? sees.vmfs | isBest(best) : sees.stranger) |
    (worst === best ? 0 : sees.doubtfulState) |
    (isOverwritten === 'yes' ? sees.overwritten : 0) |
    (isOverwritten === 'unknown' ? sees.doubtfulTable : 0) |
    (isMapped ? 0 : sees.unmapped)
  );
}

export const sightOfAll = (vmfs: readonly Lun[]): Sight =>
  vmfs.reduce((sight, lun) => sight | sightOf(lun, lun.datastores.length > 0), 0);

/** Both ends of a factor of the model, and whether nothing about it is in doubt. */
type Ends<T> = { worst: T; best: T; isKnown: boolean };
export type SightEnds = {
  visibleLuns: Ends<boolean>;
  luns: Ends<readonly LunState[]>;
  overwritten: Ends<boolean>;
};

/** @param isCertain false = the list proves nothing good, and may hide one more LUN in the worst state */
export function endsOfSight(sight: Sight, isCertain: boolean): SightEnds {
  const has = (flag: Sight): boolean => (sight & flag) !== 0;
  const worst = states.filter((state) => has(isWorst(state)));
  const isOverwritten = has(sees.overwritten);
  const mayBeOverwritten = isOverwritten || !isCertain || has(sees.doubtfulTable);
  return {
    visibleLuns: {
      worst: !isCertain || has(sees.vmfs | sees.stranger),
      best: has(sees.vmfs),
      isKnown: isCertain,
    },
    luns: {
      worst: isCertain ? worst : [...worst, 'online-writable'],
      best: states.filter((state) => has(isBest(state))),
      isKnown: isCertain && !has(sees.doubtfulState),
    },
    overwritten: { worst: mayBeOverwritten, best: isOverwritten, isKnown: mayBeOverwritten === isOverwritten },
  };
}
