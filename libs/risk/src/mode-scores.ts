import type { ModeScore, TransportMode } from '@lunwarden/contract';
import type { Policy } from './policy.js';
import { levelOf } from './score.js';

/** How a host scores in one mode: both ends of the interval, and whether all is known that decides its level. */
export type Standing = { score: number; low: number; isCoreKnown: boolean };
export type Levelled = Pick<ModeScore, 'score' | 'low' | 'level'>;

/** The model asks of a mode only whether it attaches disks of guests: two answers and the mode in force serve all three. */
export type ByMode<T> = { inForce: T; attached: T; detached: T };

type Host = {
  effective: TransportMode | 'unknown';
  /** It sees VMFS LUNs, or may. */
  seesLuns: boolean;
  asItIs: ByMode<Standing>;
  /** With every LUN unmasked. */
  unmasked: ByMode<Levelled>;
};

export type ModeNumbers = Pick<ModeScore, 'mode' | 'inForce' | 'score' | 'low' | 'level' | 'unmasked'>;

/** Another mode with the LUNs still zoned is never better than the mode in force: the label writes nothing, the LUNs do. */
export function numbersOf(mode: TransportMode, host: Host, policy: Policy): ModeNumbers {
  const { asItIs, unmasked, effective, seesLuns } = host;
  const inForce = effective === mode;
  const answer = inForce ? 'inForce' : mode === 'virtual-appliance' ? 'attached' : 'detached';
  const standing = inForce || !seesLuns ? asItIs[answer] : worse(asItIs.inForce, asItIs[answer]);
  const { score, low } = standing;
  return { mode, inForce, score, low, level: levelOf(standing, policy), unmasked: unmasked[answer] };
}

const worse = (a: Standing, b: Standing): Standing => ({
  score: Math.max(a.score, b.score),
  low: Math.max(a.low, b.low),
  isCoreKnown: a.isCoreKnown && b.isCoreKnown,
});

export const levelled = (standing: Standing, policy: Policy): Levelled => ({
  score: standing.score,
  low: standing.low,
  level: levelOf(standing, policy),
});
