import { transportModes } from '@lunwarden/contract';
import { type Levelled, type ModeNumbers, numbersOf } from '../mode-scores.js';
import type { Policy } from '../policy.js';
import { levelOf } from '../score.js';
import type { Moment } from '../whole-map.js';
import { Join, type Joined } from './join.js';
import type { NumberedMap } from './numbered-map.js';
import type { PreparedHost } from './prepare.js';
import { shapeOf, spreadsOf, standingOf } from './shape.js';

/** The numbers of a verdict: what `assess` says of the same facts beside these maps, without a word of why. */
export type Rescored = Levelled & { reach: Joined; modes: ModeNumbers[] };

/** Scores prepared hosts by one version of the maps, as they stand at one moment. */
export function rescorer(map: NumberedMap, moment: Moment): (host: PreparedHost) => Rescored {
  const join = new Join(map, moment);
  return (host) => scored(host, join.of(host), moment.policy);
}

function scored(prepared: PreparedHost, reach: Joined, policy: Policy): Rescored {
  const { effective, seesLuns, asItIs: ends, unmasked } = shapeOf(prepared, reach, policy);
  const spreads = spreadsOf(reach, policy);
  const inForce = standingOf(ends.inForce, spreads, policy);
  const attached = standingOf(ends.attached, spreads, policy);
  const detached = standingOf(ends.detached, spreads, policy);
  const host = { effective, seesLuns, asItIs: { inForce, attached, detached }, unmasked };
  return {
    score: inForce.score,
    low: inForce.low,
    level: levelOf(inForce, policy),
    reach,
    modes: transportModes.map((mode) => numbersOf(mode, host, policy)),
  };
}
