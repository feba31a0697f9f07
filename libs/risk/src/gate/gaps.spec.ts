import type { Assessment } from '@lunwarden/contract';
import type { StoryHost } from '@lunwarden/sample-fleet';
import { describe, expect, it } from 'vitest';
import { instantText } from '../instant-text.js';
import { defaultPolicy } from '../policy.js';
import { at, driver, gated, judgement, long, unexposed } from '../testing/gated.js';
import { gapsOf } from './gaps.js';

const gaps = (assessment: Assessment = judgement(), facts: StoryHost = gated, now: number = at) =>
  gapsOf({ facts, assessment, now, policy: defaultPolicy });
const reported = (observedAt: string | null): StoryHost => ({ ...gated, report: { ...gated.report!, observedAt } });
const later = (ms: number): string => new Date(at + ms).toISOString();
const unknown = (code: string, text: string) => ({ code, effect: 'unknown', text });

describe('what the gate does not know', () => {
  it('is nothing of a host that was read whole a moment ago', () => expect(gaps()).toEqual([]));

  it.each<[string, StoryHost, ReturnType<typeof unknown>]>([
    [
      'two machines under one key',
      { ...gated, identityConflict: true },
      unknown('identity', 'Two machines speak with the key of this host: nothing it says may count.'),
    ],
    ['a host that never reported', { ...gated, report: null }, unknown('report', 'The host has never reported.')],
    ['a report of unproven age', reported(null), unknown('report-age', 'The age of the last report is not proven.')],
    [
      'a report with a date that is none',
      reported('yesterday'),
      unknown('report-age', 'The age of the last report is not proven.'),
    ],
    [
      'a report from the future',
      reported(later(60_001)),
      unknown('report-age', 'The last report is from the future: a clock is wrong.'),
    ],
    [
      'a report of three hours ago',
      reported(later(-3 * 3_600_000)),
      unknown('fresh-report', `The facts are of ${instantText(later(-3 * 3_600_000))}: too old to prove anything.`),
    ],
  ])('names %s', (_name, facts, reason) => expect(gaps(judgement(), facts)).toEqual([reason]));

  it('names the conflict of a host that never reported too', () => {
    const codes = gaps(judgement(), { ...gated, identityConflict: true, report: null }).map(({ code }) => code);
    expect(codes).toEqual(['identity', 'report']);
  });

  it.each([
    ['a minute ahead, as clocks may be', later(60_000)],
    ['almost three hours old', later(-3 * 3_600_000 + 1)],
  ])('does not include a report that is %s', (_name, observedAt) =>
    expect(gaps(judgement(), reported(observedAt))).toEqual([]),
  );

  it.each([
    ['has run out', { validUntil: later(0) }, `The last judgement held until ${instantText(later(0))}.`],
    ['never says until when it holds', { validUntil: 'soon' }, 'The last judgement held until soon.'],
    ['is from the future', { asOf: later(60_001) }, 'The last judgement is from the future: a clock is wrong.'],
    ['never says when it was made', { asOf: 'soon' }, 'The last judgement is from the future: a clock is wrong.'],
  ] as [string, Partial<Assessment>, string][])('names a judgement that %s', (_name, change, text) =>
    expect(gaps(judgement(change))).toEqual([unknown('assessment', text)]),
  );

  it('does not include a judgement that is a minute ahead, or holds a moment longer', () =>
    expect(gaps(judgement({ asOf: later(60_000), validUntil: later(1) }))).toEqual([]));

  it('names each factor that nobody could read, and leaves those that matter less to a step', () => {
    const drivers = [driver('san-policy', 'unknown'), driver('role', 'unknown'), driver('transport-mode', 'unknown')];
    expect(gaps(judgement({ drivers: [...drivers, driver('automount', 'good')] }))).toEqual([
      unknown('san-policy', 'Label: value'),
      { code: 'role', effect: 'step', text: 'Label: value' },
      { code: 'transport-mode', effect: 'step', text: 'Label: value' },
    ]);
  });

  it('names what is missing though its factor is known to be bad, once', () => {
    const assessment = judgement({
      drivers: [driver('san-policy', 'bad'), driver('os-support', 'unknown')],
      missing: ['SAN policy', 'OS support'],
    });
    expect(gaps(assessment)).toEqual([
      unknown('os-support', 'Label: value'),
      unknown('san-policy', 'Not known: SAN policy.'),
    ]);
  });

  it('makes one code of a name with several strange characters', () =>
    expect(gaps(judgement({ missing: ['A (b)'] })).map(({ code }) => code)).toEqual(['a-b-']));

  it('names a reach of which not everything is known, beside LUNs only', () => {
    const incomplete = (one: Assessment) => ({ ...one, exposure: { ...one.exposure, isComplete: false } });
    const text = 'It is not known which VMs a careless write could reach.';
    expect(gaps(incomplete(judgement()))).toEqual([unknown('blast-radius', text)]);
    expect(gaps(incomplete(unexposed()))).toEqual([]);
  });

  it.each<[string, Partial<Assessment>]>([
    ['is unknown', { level: 'unknown' }],
    ['is not complete', { completeness: 0.9 }],
    ['has only gaps that matter less', { level: 'unknown', drivers: [driver('role', 'unknown')] }],
  ])('names a judgement that %s without saying why', (_name, change) =>
    expect(gaps(judgement(change))).toContainEqual(unknown('judgement', 'The host cannot be judged.')),
  );

  it('does not say that a host cannot be judged where it says why', () => {
    const assessment = judgement({
      level: 'unknown',
      drivers: [driver('role', 'unknown'), driver('automount', 'unknown')],
    });
    expect(gaps(assessment).map(({ code }) => code)).toEqual(['role', 'automount']);
  });

  it('never says more than fits on a wire', () => {
    const texts = gaps(
      judgement({ drivers: [driver('automount', 'unknown', { value: long })], missing: [long], validUntil: long }),
    ).map(({ text }) => text.length);
    expect(texts).toEqual([600, 600, 600]);
  });
});
