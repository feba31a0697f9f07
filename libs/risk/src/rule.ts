import type { Evidence, Severity, Verdict } from '@lunwarden/contract';
import { notApplicable } from './judging.js';
import type { Reading } from './reading.js';
import type { Scored } from './score.js';
import type { Signals, Source } from './signals.js';

/** What one rule found: `severity` only where the case makes it differ from the rule's own. */
export type Judgement = { verdict: Verdict; severity?: Severity; evidence: Evidence[] };

/** All that is known of the host while its rules are judged. */
export type RuleContext = Source & { signals: Signals; scored: Scored };

/** One question about one host. Named for the state it warns of; what nobody could read is never safe. */
export type Rule = {
  /** The name of its file. */
  id: string;
  severity: Severity;
  judge(context: RuleContext): Judgement;
};

/** What a rule is called. It stands in the file of its rule, and is joined to a finding where somebody reads it (see `titled`). */
export type About = {
  /** Its number in the catalogue, e.g. `WIN-004`. */
  code: string;
  /** What is wrong, and what is right where the rule finds nothing. */
  title: string;
  safeTitle: string;
  /** Facts that it reads. */
  signals: readonly string[];
};

/** What to tell an operator about a rule that found something. Apart from the rule, so that a list of hosts need not load it. */
export type Advice = {
  /** What will happen if nobody acts. */
  why: string;
  /** Ordered steps. */
  remedy: readonly string[];
  /** The fix that people find first and should not use; null = there is none. */
  unsafeFix: string | null;
  /** Where the rule comes from. */
  source: string;
};

/** At risk if what is known says so, safe only if nothing about it is unknown. */
export function judgeReading<T>(
  { worst, best, isKnown, evidence }: Reading<T>,
  isBad: (value: T) => boolean,
): Judgement {
  if (isBad(best)) return { verdict: 'at-risk', evidence };
  // The worst value need not be the one that is asked for: any value may hide behind what nobody knows.
  return { verdict: !isKnown || isBad(worst) ? 'unknown' : 'safe', evidence };
}

/** A rule that matters only to a Windows host with VMFS LUNs in sight. */
export function besideWindowsLuns(context: RuleContext, judge: () => Judgement): Judgement {
  const { signals } = context;
  if (signals.platform === 'linux') return notApplicable;
  return besideLuns(context, judge);
}

export const onWindows = ({ platform }: RuleContext, judge: () => Judgement): Judgement =>
  platform === 'windows' ? judge() : notApplicable;

export const onLinux = ({ platform }: RuleContext, judge: () => Judgement): Judgement =>
  platform === 'linux' ? judge() : notApplicable;

/** A rule that matters only to a host that attaches disks of guests. Whether it does may itself be unknown. */
export function besideHotAdd({ signals: { mode } }: RuleContext, judge: () => Judgement): Judgement {
  if (mode.worst !== 'virtual-appliance') return notApplicable;
  const judged = judge();
  if (mode.isKnown || judged.verdict === 'safe' || judged.verdict === 'not-applicable') return judged;
  return { ...judged, verdict: 'unknown' };
}

/** A rule that matters only to a host with VMFS LUNs in sight. Whether it sees any may itself be unknown. */
export function besideLuns({ signals: { visibleLuns } }: RuleContext, judge: () => Judgement): Judgement {
  if (visibleLuns.best) return judge();
  if (!visibleLuns.worst) return { verdict: 'not-applicable', evidence: visibleLuns.evidence };
  const judged = judge();
  const verdict = judged.verdict === 'safe' ? 'safe' : 'unknown';
  return { verdict, severity: judged.severity, evidence: [...visibleLuns.evidence, ...judged.evidence] };
}
