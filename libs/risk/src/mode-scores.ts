import type { ModeScore, TransportMode } from '@lunwarden/contract';
import type { Policy } from './policy.js';
import { levelOf } from './score.js';

/** How a host scores in one mode: both ends of the interval, and whether all is known that decides its level. */
export type Standing = { score: number; low: number; isCoreKnown: boolean };

/** The model asks of a mode only whether it attaches disks of guests: two answers and the mode in force serve all three. */
export type Standings = { inForce: Standing; attached: Standing; detached: Standing };

type Host = {
  effective: TransportMode | 'unknown';
  /** It sees VMFS LUNs, or may. */
  seesLuns: boolean;
  asItIs: Standings;
  /** With every LUN unmasked. */
  unmasked: Standings;
};

export type ModeNumbers = Pick<ModeScore, 'inForce' | 'score' | 'low' | 'level' | 'unmasked'>;

/** Another mode with the LUNs still zoned is never better than the mode in force: the label writes nothing, the LUNs do. */
export function numbersOf(mode: TransportMode, host: Host, policy: Policy): ModeNumbers {
  const inForce = host.effective === mode;
  const of = (all: Standings): Standing =>
    inForce ? all.inForce : mode === 'virtual-appliance' ? all.attached : all.detached;
  const { asItIs, seesLuns } = host;
  const standing = inForce || !seesLuns ? of(asItIs) : worse(asItIs.inForce, of(asItIs));
  return { inForce, ...levelled(standing, policy), unmasked: levelled(of(host.unmasked), policy) };
}

const worse = (a: Standing, b: Standing): Standing => ({
  score: Math.max(a.score, b.score),
  low: Math.max(a.low, b.low),
  isCoreKnown: a.isCoreKnown && b.isCoreKnown,
});

export const levelled = (standing: Standing, policy: Policy): Pick<ModeScore, 'score' | 'low' | 'level'> => ({
  score: standing.score,
  low: standing.low,
  level: levelOf(standing, policy),
});
