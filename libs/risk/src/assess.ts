import type { Assessment } from '@lunwarden/contract';
import { findingsOf } from './catalogue.js';
import { driversOf } from './drivers.js';
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

/**
 * Facts in, judgement out: no clock, no database, the same in the server and in the browser.
 * @param asOf ISO instant at which the facts are judged; what is older than its time to live proves nothing good.
 */
export function assess(facts: Facts, asOf: string, policy: Policy = defaultPolicy): Assessment {
  const source = sourceOf(facts, asOf, policy);
  const signals = signalsOf(source);
  const scored = scoreOf(signals, policy);
  const { exposure } = source;
  const { effective, evidence, detail } = source.mode;
  const assessment: Assessment = {
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
  last = { assessment, source };
  return assessment;
}

/** What the newest assessment was made from: its row in the fleet, made right after it, need not join the LUNs again. */
let last: { assessment: Assessment; source: Source } | null = null;

/** The source of this assessment if it was made of these very facts under this policy, else made anew. */
export function sourceBehind(assessment: Assessment, facts: Facts, policy: Policy): Source {
  const source = last?.assessment === assessment ? last.source : undefined;
  return source?.facts === facts && source.policy === policy ? source : sourceOf(facts, assessment.asOf, policy);
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
  return { facts, platform, asOf: now, policy, trusts, luns, vmfs, exposure, mode };
}

function completenessOf({ core }: Scored): number {
  return core.filter(({ reading }) => reading.isKnown).length / core.length;
}

const missingOf = ({ core }: Scored): string[] =>
  core.filter(({ reading }) => !reading.isKnown).map(({ signal }) => wordsOf(signal));

const patchDetail = ({ missing, updateAge, osSupport }: Signals): string =>
  [missing.text, updateAge.text, osSupport.text].join('; ').slice(0, 300);
