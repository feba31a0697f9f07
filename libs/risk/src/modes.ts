import { type ModeScore, type TransportMode, transportModes } from '@lunwarden/contract';
import { settled } from './reading.js';
import { isKnown, levelOf, type Scored, scoreOf } from './score.js';
import type { Signals, Source } from './signals.js';
import { unmask } from './unmask.js';

type Host = { source: Source; signals: Signals; scored: Scored };

/** The three modes side by side: as the host stands, and with its LUNs unmasked. */
export function modesOf(host: Host): ModeScore[] {
  const { source, signals } = host;
  const unmasked = unmask(signals);
  return transportModes.map((mode): ModeScore => {
    const inForce = source.mode.effective === mode;
    const freed = scoreOf(inForce ? unmasked : { ...unmasked, mode: settled(mode) }, source.policy);
    return {
      mode,
      inForce,
      ...feasibilityOf(mode, source),
      ...asItStands(mode, inForce, host),
      unmasked: { score: freed.worst.score, low: freed.best.score, level: freed.level },
      ...source.policy.tradeOffs[mode],
    };
  });
}

/** Another mode with the LUNs still zoned is never better than the mode in force: the label writes nothing, the LUNs do. */
function asItStands(mode: TransportMode, inForce: boolean, { source: { policy }, signals, scored }: Host) {
  const now = { score: scored.worst.score, low: scored.best.score };
  if (inForce) return { ...now, level: scored.level };
  const other = scoreOf({ ...signals, mode: settled(mode) }, policy);
  if (!signals.visibleLuns.worst) return { score: other.worst.score, low: other.best.score, level: other.level };
  const score = Math.max(now.score, other.worst.score);
  const low = Math.max(now.low, other.best.score);
  const isCoreKnown = isKnown(other.core) && isKnown(scored.core);
  return { score, low, level: levelOf({ score, low, isCoreKnown }, policy) };
}

export function feasibilityOf(mode: TransportMode, source: Source): Pick<ModeScore, 'feasible' | 'feasibility'> {
  switch (mode) {
    case 'direct-san':
      return directSan(source);
    case 'virtual-appliance':
      return virtualAppliance(source);
    case 'network':
      return { feasible: 'yes', feasibility: 'Needs only TCP 443 to vCenter and 902 to the ESXi hosts' };
  }
}

function directSan({ luns }: Source): Pick<ModeScore, 'feasible' | 'feasibility'> {
  if (luns.kind !== 'certain') return { feasible: 'unknown', feasibility: 'Not known whether the host sees VMFS LUNs' };
  const count = luns.value.filter(({ isVmfs }) => isVmfs === 'yes').length;
  return count > 0
    ? { feasible: 'yes', feasibility: `Sees ${count} VMFS LUNs; disks on vSAN or vVols stay out of its reach` }
    : { feasible: 'no', feasibility: 'Sees no VMFS LUN: there is nothing to read from the SAN' };
}

function virtualAppliance({ facts: { report }, trusts }: Source): Pick<ModeScore, 'feasible' | 'feasibility'> {
  const machine = report?.facts.machine;
  if (machine === undefined || 'unknown' in machine || !trusts.mode.fresh)
    return { feasible: 'unknown', feasibility: 'Not known whether the host is a VM' };
  return machine.value.isVirtual
    ? { feasible: 'yes', feasibility: 'The host is a VM; it must reach the datastores of the VMs it backs up' }
    : { feasible: 'no', feasibility: 'The host is physical: only a VM can attach disks of other VMs' };
}
