import type { Evidence, Known, LinuxFacts, UnknownReason, WindowsFacts } from '@lunwarden/contract';
import { linuxFact, windowsFact } from './host-fact.js';
import { reasonWords, type Told } from './reading.js';
import type { Judgement, RuleContext } from './rule.js';

/** Where a fact was read, and when it was true. */
export type Place = { source: string; at: string | null };
/** A fact that a rule asks for, and what to call it. */
export type Subject<T> = Place & { told: Told<T>; name: string };

/** Judges what was told; what is old or remembered may show a risk, but never safety. */
export function judgeSubject<T>(subject: Subject<T>, judge: (value: T, place: Place) => Judgement): Judgement {
  const { told: fact, name, source } = subject;
  if (fact.kind === 'unknown')
    return notKnown(`${name} not known: ${fact.detail ?? reasonWords[fact.why]}`, { source, at: null });
  const judged = judge(fact.value, subject);
  if (fact.kind === 'certain' || judged.verdict === 'at-risk') return judged;
  const doubt = say(`${name} not known any more: ${reasonWords[fact.why]}`, subject);
  return { verdict: 'unknown', evidence: [doubt, ...judged.evidence] };
}

/** At risk, or safe, with these words. */
export const verdictOf = (isBad: boolean, text: string, place: Place): Judgement => ({
  verdict: isBad ? 'at-risk' : 'safe',
  evidence: [say(text, place)],
});

export const say = (text: string, { source, at }: Place): Evidence => ({
  text: text.slice(0, 600),
  source,
  observedAt: at,
});

export const notKnown = (text: string, place: Place): Judgement => ({
  verdict: 'unknown',
  evidence: [say(text, place)],
});

/** At risk with these by name, or safe because there is none. */
export const verdictOfAny = (
  names: readonly string[],
  { lead = '', none }: { lead?: string; none: string },
  place: Place,
): Judgement => (names.length > 0 ? verdictOf(true, lead + listed(names), place) : verdictOf(false, none, place));

/** What nobody could read might be bad: while that is so, nothing found is not safe. */
export const safeOnlyIf = (isRead: boolean, judged: Judgement): Judgement =>
  judged.verdict === 'safe' && !isRead ? { ...judged, verdict: 'unknown' } : judged;

export const notApplicable: Judgement = { verdict: 'not-applicable', evidence: [] };

/** At risk if one of them is, else unknown if one is, else safe if one is. */
export function anyJudgement(judgements: readonly Judgement[]): Judgement {
  for (const verdict of ['at-risk', 'unknown', 'safe'] as const) {
    const found = judgements.filter((one) => one.verdict === verdict);
    if (found.length > 0) return { verdict, evidence: found.flatMap(({ evidence }) => evidence) };
  }
  return notApplicable;
}

/** `a, b, c and 4 more`. */
export function listed(names: readonly string[], most = 5): string {
  const rest = names.length - most;
  return `${names.slice(0, most).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

type NotTold = { kind: 'unknown'; why: UnknownReason; detail?: string | undefined };

export const unknownBecause = (why: UnknownReason, detail?: string): NotTold =>
  detail === undefined ? { kind: 'unknown', why } : { kind: 'unknown', why, detail };

type Ask<F, T> = {
  name: string;
  source: string;
  fact: (facts: F) => Known<T> | undefined;
  trust?: 'hostState' | 'patch';
};

/** A fact that only Windows reports; a collector that never asks for it leaves it unknown. */
export const windowsSubject = <T>(
  context: RuleContext,
  { name, source, fact, trust }: Ask<WindowsFacts, T>,
): Subject<T> => ({
  name,
  source,
  at: context.observedAt,
  told: windowsFact(context, fact, trust),
});

/** A fact that only Linux reports. */
export const linuxSubject = <T>(
  context: RuleContext,
  { name, source, fact, trust }: Ask<LinuxFacts, T>,
): Subject<T> => ({
  name,
  source,
  at: context.observedAt,
  told: linuxFact(context, fact, trust),
});
