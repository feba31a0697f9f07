import { type ModeScore, type TransportMode, transportModes } from '@lunwarden/contract';
import { hotAddFeasibility } from './hot-add-feasibility.js';
import { type ByMode, type Levelled, levelled, numbersOf, type Standing } from './mode-scores.js';
import type { Policy } from './policy.js';
import { settled } from './reading.js';
import { isKnown, type Scored, scoreOf } from './score.js';
import type { Signals, Source } from './signals.js';
import { unmask } from './unmask.js';

type Host = { source: Source; signals: Signals; scored: Scored };

/** The three modes side by side: as the host stands, and with its LUNs unmasked. */
export function modesOf({ source, signals, scored }: Host): ModeScore[] {
  const {
    policy,
    mode: { effective },
  } = source;
  const freed = unmask(signals);
  const host = {
    effective,
    seesLuns: signals.visibleLuns.worst,
    asItIs: standingsOf(signals, scored, policy),
    unmasked: levelledAll(standingsOf(freed, scoreOf(freed, policy), policy), policy),
  };
  return transportModes.map((mode): ModeScore => {
    const { inForce, score, low, level, unmasked } = numbersOf(mode, host, policy);
    const words = feasibilityOf(mode, source);
    return { mode, inForce, ...words, score, low, level, unmasked, ...policy.tradeOffs[mode] };
  });
}

function standingsOf(signals: Signals, inForce: Scored, policy: Policy): ByMode<Standing> {
  const now = standingOf(inForce);
  const { worst, best } = signals.mode;
  const as = (mode: TransportMode): Standing =>
    attaches(worst) === attaches(mode) && attaches(best) === attaches(mode)
      ? now
      : standingOf(scoreOf({ ...signals, mode: settled(mode) }, policy));
  return { inForce: now, attached: as('virtual-appliance'), detached: as('network') };
}

const attaches = (mode: TransportMode): boolean => mode === 'virtual-appliance';

const levelledAll = ({ inForce, attached, detached }: ByMode<Standing>, policy: Policy): ByMode<Levelled> => ({
  inForce: levelled(inForce, policy),
  attached: levelled(attached, policy),
  detached: levelled(detached, policy),
});

const standingOf = ({ worst, best, core }: Scored): Standing => ({
  score: worst.score,
  low: best.score,
  isCoreKnown: isKnown(core),
});

export function feasibilityOf(mode: TransportMode, source: Source): Pick<ModeScore, 'feasible' | 'feasibility'> {
  switch (mode) {
    case 'direct-san':
      return directSan(source);
    case 'virtual-appliance':
      return hotAddFeasibility(source);
    case 'network':
      return { feasible: 'yes', feasibility: 'Needs only TCP 443 to vCenter and 902 to the ESXi hosts' };
  }
}

function directSan({ luns }: Source): Pick<ModeScore, 'feasible' | 'feasibility'> {
  if (luns.kind !== 'certain') return { feasible: 'unknown', feasibility: 'Not known whether the host sees VMFS LUNs' };
  const count = luns.value.filter(({ isVmfs }) => isVmfs === 'yes').length;
  if (count > 0) {
    const seen = `Sees ${count} VMFS LUN${count === 1 ? '' : 's'}`;
    return { feasible: 'yes', feasibility: `${seen}; disks on vSAN or vVols stay out of its reach` };
  }
  const unsure = luns.value.filter(({ isVmfs }) => isVmfs === 'unknown').length;
  return unsure > 0
    ? {
        feasible: 'unknown',
        feasibility: `Sees no LUN that is known to carry VMFS, and ${unsure} with unknown contents`,
      }
    : { feasible: 'no', feasibility: 'Sees no VMFS LUN: there is nothing to read from the SAN' };
}
