import type { Assessment } from '@lunwarden/contract';
import { findingsOf, type UntitledFinding } from './catalogue.js';
import { driversOf, type UntitledDriver } from './drivers.js';
import { exposureOf, lunsInSight, vmfsLuns } from './exposure.js';
import type { Facts } from './facts.js';
import { effectiveMode } from './mode.js';
import { modesOf } from './modes.js';
import { defaultPolicy, type Policy } from './policy.js';
import { patchExposureOf, type Scored, scoreOf } from './score.js';
import { type Signals, type Source, signalsOf } from './signals.js';
import { trustsOf } from './trust.js';
import { validityOf } from './validity.js';
import { wordsOf } from './words-of.js';

/** All of an assessment but for what its drivers and findings are called: `titled` joins that, wherever somebody reads it. */
export type UntitledAssessment = Omit<Assessment, 'drivers' | 'findings'> & {
  drivers: UntitledDriver[];
  findings: UntitledFinding[];
};

/**
 * Facts in, judgement out: no clock, no database, the same in the server and in the browser.
 * @param asOf ISO instant at which the facts are judged; what is older than its time to live proves nothing good.
 */
export function assess(facts: Facts, asOf: string, policy: Policy = defaultPolicy): UntitledAssessment {
  const source = sourceOf(facts, asOf, policy);
  const signals = signalsOf(source);
  const scored = scoreOf(signals, policy);
  const { exposure } = source;
  const { effective, evidence, detail } = source.mode;
  last = { source, at: asOf };
  return {
    hostId: facts.hostId,
    asOf,
    ...validityOf(source),
    policyVersion: policy.version,
    score: scored.worst.score,
    low: scored.best.score,
    level: scored.level,
    completeness: completenessOf(scored),
    missing: missingOf(scored),
    floors: scored.worst.floors,
    mode: { effective, evidence, detail: detail.slice(0, 300) },
    modes: modesOf({ source, signals, scored }),
    exposure,
    patch: { level: patchExposureOf(scored, policy), detail: patchDetail(signals) },
    drivers: driversOf(signals, policy),
    findings: findingsOf({ ...source, signals, scored }),
  };
}

/** What was judged last: the row of that host in the fleet, made right after it, need not join the LUNs again. */
let last: { source: Source; at: string } | null = null;

/** What these facts are judged by at the time of this assessment, made anew unless they were the last that were judged. */
export function sourceBehind({ asOf }: Pick<Assessment, 'asOf'>, facts: Facts, policy: Policy): Source {
  if (last?.at === asOf && last.source.facts === facts && last.source.policy === policy) return last.source;
  return sourceOf(facts, asOf, policy);
}

/** What every part of a judgement reads: the facts, and how far they may be believed at `asOf`. */
export function sourceOf(facts: Facts, asOf: string, policy: Policy): Source {
  const now = Date.parse(asOf);
  if (Number.isNaN(now)) throw new RangeError(`asOf is not an ISO instant: ${asOf}`);
  const trusts = trustsOf(facts, now, policy);
  const luns = lunsInSight(facts, trusts, { asOf: now, policy });
  const platform = facts.report?.facts.platform ?? facts.platform;
  const vmfs = luns.kind === 'unknown' ? [] : vmfsLuns(luns.value);
  const inSight = { isListCertain: luns.kind === 'certain', seesVmfs: vmfs.some(({ isVmfs }) => isVmfs === 'yes') };
  const mode = effectiveMode(facts, inSight, trusts, { asOf: now, policy });
  const exposure = exposureOf(luns, vmfs, { map: facts.map, asOf: now, policy });
  const observedAt = facts.report?.observedAt ?? null;
  return { facts, observedAt, platform, asOf: now, policy, trusts, luns, vmfs, exposure, mode };
}

function completenessOf({ core }: Scored): number {
  return core.filter(({ reading }) => reading.isKnown).length / core.length;
}

const missingOf = ({ core }: Scored): string[] =>
  core.filter(({ reading }) => !reading.isKnown).map(({ signal }) => wordsOf(signal));

const patchDetail = ({ missing, updateAge, osSupport }: Signals): string =>
  [missing.text, updateAge.text, osSupport.text].join('; ').slice(0, 300);
