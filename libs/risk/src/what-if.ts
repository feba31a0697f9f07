import type { Level, ModeScore, TransportMode } from '@lunwarden/contract';
import { sourceOf } from './assess.js';
import type { Facts } from './facts.js';
import { feasibilityOf } from './modes.js';
import { defaultPolicy, type Policy } from './policy.js';
import { settled } from './reading.js';
import { isKnown, levelOf, scoreOf } from './score.js';
import { osSupportReading } from './signals/os-support.js';
import { updateAgeReading } from './signals/patches.js';
import { type Signals, type Source, signalsOf } from './signals.js';
import { unmask } from './unmask.js';

/** Switches, each by itself: another name of the mode takes no LUN away. */
export type WhatIfChange = {
  mode?: TransportMode;
  /** Every VMFS LUN unmasked from the host. */
  unmask?: boolean;
  /** Every guard of the system set, every LUN in sight offline and read-only. */
  harden?: boolean;
  /** Days, 0..3650, that the missing updates wait. */
  delayDays?: number;
};
export type WhatIf = Pick<ModeScore, 'score' | 'low' | 'level' | 'feasible' | 'feasibility'> & {
  floors: string[];
  /** The same host as it stands. */
  now: { score: number; low: number; level: Level };
};

/** The scorer run again with these changes. Damage that is proven stays, and what nobody knows stays unknown unless a switch settles it. */
export function whatIf(facts: Facts, asOf: string, change: WhatIfChange, policy: Policy = defaultPolicy): WhatIf {
  const source = sourceOf(facts, asOf, policy);
  const signals = signalsOf(source);
  const before = scoreOf(signals, policy);
  const changed = changedSignals(signals, source, change);
  const kept = scoreOf(changed, policy);
  const then =
    change.mode === undefined || change.mode === source.mode.effective
      ? kept
      : scoreOf({ ...changed, mode: settled(change.mode) }, policy);
  // While LUNs stay in sight, a new label is worth nothing: the worse of both counts.
  const isLabelOnly = changed.visibleLuns.worst;
  const score = isLabelOnly ? Math.max(kept.worst.score, then.worst.score) : then.worst.score;
  const low = isLabelOnly ? Math.max(kept.best.score, then.best.score) : then.best.score;
  const isCoreKnown = isKnown(then.core) && (!isLabelOnly || isKnown(kept.core));
  return {
    score,
    low,
    level: levelOf({ score, low, isCoreKnown }, policy),
    floors: kept.worst.score > then.worst.score && isLabelOnly ? kept.worst.floors : then.worst.floors,
    ...feasibility(source, change),
    now: { score: before.worst.score, low: before.best.score, level: before.level },
  };
}

function changedSignals(
  signals: Signals,
  source: Source,
  { unmask: takesLuns, harden, delayDays = 0 }: WhatIfChange,
): Signals {
  if (!(delayDays >= 0 && delayDays <= 3650)) throw new RangeError(`delayDays is not within 0..3650: ${delayDays}`);
  const later = { ...source, asOf: source.asOf + delayDays * 86_400_000 };
  const aged =
    delayDays === 0 ? signals : { ...signals, updateAge: updateAgeReading(later), osSupport: osSupportReading(later) };
  const guarded = harden === true ? hardened(aged) : aged;
  return takesLuns === true ? unmask(guarded) : guarded;
}

/** What the operator of the host can set there. Volume groups of guests and disks left attached are not guards: somebody must clear them. */
function hardened(signals: Signals): Signals {
  const state = signals.platform === 'linux' ? 'online-read-only' : 'offline-read-only';
  return {
    ...signals,
    luns: settled(signals.visibleLuns.worst ? [state] : []),
    sanPolicy: settled(signals.sanPolicy.worst === 'OfflineAll' ? 'OfflineAll' : 'OfflineShared'),
    automount: settled('disabled-scrubbed'),
    lvmGuarded: settled(true),
    multipath: settled(true),
  };
}

function feasibility(
  source: Source,
  { mode, unmask: takesLuns }: WhatIfChange,
): Pick<WhatIf, 'feasible' | 'feasibility'> {
  const target = mode ?? source.mode.effective;
  if (target === 'unknown') return { feasible: 'unknown', feasibility: 'Not known which transport mode is in force' };
  if (takesLuns === true && target === 'direct-san')
    return { feasible: 'no', feasibility: 'Without its LUNs there is nothing to read from the SAN' };
  return feasibilityOf(target, source);
}
