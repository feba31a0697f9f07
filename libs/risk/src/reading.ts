import type { Evidence, Known, UnknownReason } from '@lunwarden/contract';

/** Whether facts of one kind may count as good at `asOf`, and if not, why. */
export type Trust = { fresh: true } | { fresh: false; reason: UnknownReason };

/**
 * One fact under the rules of evidence: `certain` may count as good or bad; `doubtful` is old, of unproven age or
 * remembered from an earlier report, and may only count as bad (R5, R9); `unknown` says nothing.
 */
export type Told<T> =
  | { kind: 'certain'; value: T }
  | { kind: 'doubtful'; value: T; why: UnknownReason }
  | { kind: 'unknown'; why: UnknownReason; detail?: string | undefined };

export function told<T>(now: Known<T>, remembered: Known<T>, trust: Trust): Told<T> {
  if ('value' in now) {
    return trust.fresh
      ? { kind: 'certain', value: now.value }
      : { kind: 'doubtful', value: now.value, why: trust.reason };
  }
  return 'value' in remembered
    ? { kind: 'doubtful', value: remembered.value, why: now.unknown }
    : { kind: 'unknown', why: now.unknown };
}

/** `told` of a yes or no: a host has hundreds of those, and nearly all of them are one of these two. */
export function toldFlag(now: Known<boolean>, remembered: Known<boolean>, trust: Trust): Told<boolean> {
  if (!trust.fresh || !('value' in now)) return told(now, remembered, trust);
  return now.value ? certainlyYes : certainlyNo;
}

const certainlyYes: Told<boolean> = { kind: 'certain', value: true };
const certainlyNo: Told<boolean> = { kind: 'certain', value: false };

export const mapTold = <T, U>(fact: Told<T>, map: (value: T) => U): Told<U> =>
  fact.kind === 'unknown' ? fact : alike(fact, map(fact.value));

/** Another value that is as certain as this fact. */
export const alike = <U>(fact: Exclude<Told<unknown>, { kind: 'unknown' }>, value: U): Told<U> =>
  fact.kind === 'certain' ? { kind: 'certain', value } : { kind: 'doubtful', value, why: fact.why };

/** A factor of the model as the two ends of an interval: `worst` takes every unknown as bad, `best` counts only what is known to be bad. */
export type Reading<T> = {
  worst: T;
  best: T;
  state: 'good' | 'bad' | 'unknown';
  /** False while it may be worse than `best` says, even where that is bad already. */
  isKnown: boolean;
  /** What was read, in the operator's words. */
  text: string;
  evidence: Evidence[];
};

/** A factor that nobody doubts. */
export const settled = <T>(value: T, text = ''): Reading<T> => ({
  worst: value,
  best: value,
  state: 'good',
  isKnown: true,
  text,
  evidence: [],
});

type Scale<T> = {
  worst: T;
  best: T;
  isBad: (value: T) => boolean;
  say: (value: T) => string;
  /** What the fact is called, with its verb, for "SAN policy is not known: ...". */
  name: string;
  source: string;
  observedAt: string | null;
};

/** Places a fact on its scale. */
export function grade<T>(fact: Told<T>, scale: Scale<T>): Reading<T> {
  const { source, observedAt } = scale;
  if (fact.kind === 'certain') {
    const { value } = fact;
    const text = scale.say(value);
    return {
      worst: value,
      best: value,
      state: scale.isBad(value) ? 'bad' : 'good',
      isKnown: true,
      text,
      evidence: [{ text, source, observedAt }],
    };
  }
  const why = reasonWords[fact.why];
  if (fact.kind === 'unknown') {
    const text = `${scale.name} not known: ${why}`;
    return {
      worst: scale.worst,
      best: scale.best,
      state: 'unknown',
      isKnown: false,
      text,
      evidence: [{ text, source, observedAt: null }],
    };
  }
  const bad = scale.isBad(fact.value);
  const said = scale.say(fact.value);
  const text = bad ? `${said} (last known; ${why})` : `${scale.name} not known: ${why}; last known: ${said}`;
  return {
    worst: scale.worst,
    best: bad ? fact.value : scale.best,
    state: bad ? 'bad' : 'unknown',
    isKnown: bad && fact.value === scale.worst,
    text,
    evidence: [{ text, source, observedAt }],
  };
}

type Flag = Pick<Scale<boolean>, 'name' | 'source' | 'observedAt'> & { yes: string; no: string };

/**
 * Places a yes or no on its scale. Property by property: spreading costs more than all the rest of it.
 * @param bad which of the two it is that makes a host worse
 */
export const flag = (fact: Told<boolean>, { yes, no, name, source, observedAt }: Flag, bad = true): Reading<boolean> =>
  grade(fact, {
    worst: bad,
    best: !bad,
    isBad: (is) => is === bad,
    say: (is) => (is ? yes : no),
    name,
    source,
    observedAt,
  });

/** Why something is not known, in words for the operator. */
export const reasonWords: Record<UnknownReason, string> = {
  never_reported: 'the host has never reported',
  stale: 'the last report is too old',
  denied: 'the collector was denied access',
  error: 'the collector failed',
  timeout: 'the collector ran out of time',
  unsupported: 'this system cannot tell',
  not_collected: 'the collector did not ask',
  conflict: 'two hosts report under one identity',
  truncated: 'the list was cut',
  clock: 'the age of the report cannot be proven',
  rejected: 'the report was rejected',
  unrecognised_value: 'the value is not one we know',
};
