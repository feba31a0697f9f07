import type { Level, PatchExposure } from '@lunwarden/contract';
import { type ModelResult, model } from './model.js';
import type { CoreSignal } from './policy/core-signals.js';
import type { Policy } from './policy.js';
import type { Reading } from './reading.js';
import { at, type Signals } from './signals.js';

/** One host's interval: `worst` counts every unknown as bad and is the score; `best` counts only what is known to be bad. */
export type Scored = {
  worst: ModelResult;
  best: ModelResult;
  level: Level;
  core: { signal: CoreSignal; reading: Reading<unknown> }[];
};

export function scoreOf(signals: Signals, policy: Policy): Scored {
  const worst = model(at('worst', signals), policy);
  const best = model(at('best', signals), policy);
  const core = coreOf(signals, policy);
  const level = levelOf({ score: worst.score, low: best.score, isCoreKnown: isKnown(core) }, policy);
  return { worst, best, level, core };
}

export const isKnown = (core: Scored['core']): boolean => core.every(({ reading }) => reading.isKnown);

/** A host of which something decisive is not known is `unknown`, unless what is known alone makes it high or critical. */
export function levelOf(
  { score, low, isCoreKnown }: { score: number; low: number; isCoreKnown: boolean },
  policy: Policy,
): Level {
  if (isCoreKnown) return band(score, policy);
  const proven = band(low, policy);
  return proven === 'critical' || proven === 'high' ? proven : 'unknown';
}

function band(score: number, { levelBounds }: Policy): Level {
  if (score >= levelBounds.critical) return 'critical';
  if (score >= levelBounds.high) return 'high';
  if (score >= levelBounds.medium) return 'medium';
  return score >= levelBounds.low ? 'low' : 'minimal';
}

function coreOf(signals: Signals, policy: Policy): Scored['core'] {
  const names = coreNames(
    signals.platform,
    { seesLuns: signals.visibleLuns.worst, attaches: signals.mode.worst === 'virtual-appliance' },
    policy,
  );
  return names.map((signal) => ({ signal, reading: coreReading(signal, signals) }));
}

/** The signals that decide whether such a host may be judged at all. */
export function coreNames(
  platform: Signals['platform'],
  { seesLuns, attaches }: { seesLuns: boolean; attaches: boolean },
  { coreSignals }: Policy,
): CoreSignal[] {
  const { always, withLuns, withHotAdd } = coreSignals[platform];
  const names: CoreSignal[] = [...always];
  if (seesLuns) names.push(...withLuns);
  if (attaches) for (const signal of withHotAdd) if (!names.includes(signal)) names.push(signal);
  return names;
}

export function coreReading(signal: CoreSignal, signals: Signals): Reading<unknown> {
  switch (signal) {
    case 'visible-luns':
      return signals.visibleLuns;
    case 'san-policy':
      return signals.sanPolicy;
    case 'automount':
      return signals.automount;
    case 'disk-states':
      return signals.luns;
    case 'lun-tables':
      return signals.overwritten;
    case 'lun-contents':
      return signals.reach;
    case 'lvm-guard':
      return signals.lvmGuarded;
    case 'missing-updates':
      return signals.missing;
    case 'last-update':
      return signals.updateAge;
    case 'os-support':
      return signals.osSupport;
  }
}

/** Patch exposure in a word. What is not known never makes it smaller. */
export function patchExposureOf({ worst, best, core }: Scored, { patchBounds }: Policy): PatchExposure {
  const patchSignals: CoreSignal[] = ['missing-updates', 'last-update', 'os-support'];
  const isRead = isKnown(core.filter(({ signal }) => patchSignals.includes(signal)));
  const { patch } = isRead ? worst : best;
  if (patch >= patchBounds.high) return 'high';
  if (!isRead) return 'unknown';
  if (patch >= patchBounds.medium) return 'medium';
  return patch >= patchBounds.low ? 'low' : 'none';
}
