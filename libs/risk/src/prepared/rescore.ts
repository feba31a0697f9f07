import { type ModeScore, type TransportMode, transportModes } from '@lunwarden/contract';
import type { Moment } from '../exposure.js';
import { levelled, type ModeNumbers, numbersOf } from '../mode-scores.js';
import type { Policy } from '../policy.js';
import { Join, type Joined } from './join.js';
import type { NumberedMap } from './numbered-map.js';
import type { PreparedHost } from './prepare.js';
import { type Shape, shapeOf, spreadsOf, standingOf } from './shape.js';

/** The numbers of a verdict: what `assess` says of the same facts beside these maps, without a word of why. */
export type Rescored = Pick<ModeScore, 'score' | 'low' | 'level'> & {
  reach: Joined;
  modes: ({ mode: TransportMode } & ModeNumbers)[];
};

/** Scores prepared hosts by one version of the maps, as they stand at one moment. */
export function rescorer(map: NumberedMap, moment: Moment): (host: PreparedHost) => Rescored {
  const join = new Join(map, moment);
  return (host) => scored(host, join.of(host), moment.policy);
}

function scored(host: PreparedHost, reach: Joined, policy: Policy): Rescored {
  const shape = shapeOf(host, reach, policy);
  const modes = modesOf(shape, reach, policy);
  return { ...modes.now, reach, modes: modes.all };
}

function modesOf(shape: Shape, reach: Joined, policy: Policy) {
  const spreads = spreadsOf(reach, policy);
  const asItIs = {
    inForce: standingOf(shape.inForce, spreads, policy),
    attached: standingOf(shape.attached, spreads, policy),
    detached: standingOf(shape.detached, spreads, policy),
  };
  const host = { ...shape, asItIs };
  return {
    now: levelled(asItIs.inForce, policy),
    all: transportModes.map((mode) => ({ mode, ...numbersOf(mode, host, policy) })),
  };
}
