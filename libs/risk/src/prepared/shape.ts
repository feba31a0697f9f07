import type { TransportMode } from '@lunwarden/contract';
import { type ByMode, type Levelled, levelled, type Standing } from '../mode-scores.js';
import { type Hazard, hazardOf, spreadOf, weigh } from '../model.js';
import type { CoreSignal } from '../policy/core-signals.js';
import type { Policy } from '../policy.js';
import { coreNames } from '../score.js';
import { endsOfSight, type SightEnds, sees } from '../sight.js';
import type { Joined } from './join.js';
import type { PreparedHost } from './prepare.js';

type Ends = { worst: Hazard; best: Hazard; isCoreKnown: boolean };

/** A host with all settled but how many VMs and datastores it reaches. */
export type Shape = {
  effective: TransportMode | 'unknown';
  seesLuns: boolean;
  asItIs: ByMode<Ends>;
  /** Without LUNs there is no reach through them: these scores stand. */
  unmasked: ByMode<Levelled>;
};

/** The shape that these kinds of LUNs give this host, worked out at first sight. */
export function shapeOf(host: PreparedHost, { sight, isComplete }: Joined, policy: Policy): Shape {
  // The flags leave room for one more: whether all that lies in reach is known.
  const key = sight * 2 + (isComplete ? 1 : 0);
  const known = host.shapes.get(key);
  if (known !== undefined) return known;
  const made = makeShape(host, endsOfSight(sight, host.isListCertain), { sight, isComplete }, policy);
  host.shapes.set(key, made);
  return made;
}

type Seen = { ends: SightEnds; isReachKnown: boolean };

function makeShape(
  host: PreparedHost,
  ends: SightEnds,
  { sight, isComplete }: Pick<Joined, 'sight' | 'isComplete'>,
  policy: Policy,
): Shape {
  const seen = { ends, isReachKnown: isComplete };
  const freed = { ends: withoutLuns(ends), isReachKnown: true };
  const unreached = { worst: 0, best: 0 };
  const alone = (mode: TransportMode | null): Levelled =>
    levelled(standingOf(endsIn(mode, host, freed, policy), unreached, policy), policy);
  return {
    effective: (sight & sees.vmfs) !== 0 ? host.effective.besideVmfs : host.effective.alone,
    seesLuns: ends.visibleLuns.worst,
    asItIs: {
      inForce: endsIn(null, host, seen, policy),
      attached: endsIn('virtual-appliance', host, seen, policy),
      detached: endsIn('network', host, seen, policy),
    },
    unmasked: { inForce: alone(null), attached: alone('virtual-appliance'), detached: alone('network') },
  };
}

/** As `unmask` leaves them: what is proven to be damaged stays. */
const withoutLuns = ({ overwritten: { best } }: SightEnds): SightEnds => ({
  visibleLuns: { worst: false, best: false, isKnown: true },
  luns: { worst: [], best: [], isKnown: true },
  overwritten: { worst: best, best, isKnown: true },
});

/** @param mode null = what is known of the mode in force */
function endsIn(mode: TransportMode | null, host: PreparedHost, { ends, isReachKnown }: Seen, policy: Policy): Ends {
  const hazardAt = (end: 'worst' | 'best'): Hazard =>
    hazardOf(
      {
        ...host[end],
        mode: mode ?? host[end].mode,
        luns: ends.luns[end],
        isOverwritten: ends.overwritten[end],
      },
      policy,
    );
  const byMaps: Partial<Record<CoreSignal, boolean>> = {
    'visible-luns': ends.visibleLuns.isKnown,
    'disk-states': ends.luns.isKnown,
    'lun-tables': ends.overwritten.isKnown,
    'lun-contents': isReachKnown,
  };
  const attaches = (mode ?? host.worst.mode) === 'virtual-appliance';
  const core = coreNames(host.worst.platform, { seesLuns: ends.visibleLuns.worst, attaches }, policy);
  const isCoreKnown = core.every((signal) => byMaps[signal] ?? !host.unknown.includes(signal));
  return { worst: hazardAt('worst'), best: hazardAt('best'), isCoreKnown };
}

/** @param spread of what is in reach at either end, see `spreadOf` */
export const standingOf = (ends: Ends, spread: { worst: number; best: number }, policy: Policy): Standing => ({
  score: weigh(ends.worst, spread.worst, policy).score,
  low: weigh(ends.best, spread.best, policy).score,
  isCoreKnown: ends.isCoreKnown,
});

const everything = { vms: Number.POSITIVE_INFINITY, datastores: Number.POSITIVE_INFINITY };

/** What nobody knows to be out of reach counts as in reach at the worst end. */
export function spreadsOf(joined: Joined, policy: Policy): { worst: number; best: number } {
  const best = spreadOf(joined, policy);
  return { worst: joined.isComplete ? best : spreadOf(everything, policy), best };
}
