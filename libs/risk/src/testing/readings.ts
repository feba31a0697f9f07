import type { HostFacts } from '@lunwarden/contract';
import { hostOf, storyNow } from '@lunwarden/sample-fleet';
import { describe, expect, it } from 'vitest';
import { sourceOf } from '../assess.js';
import type { Facts } from '../facts.js';
import { defaultPolicy } from '../policy.js';
import type { Reading } from '../reading.js';
import { type Signals, signalsOf } from '../signals.js';

type Named = { [K in keyof Signals]: Signals[K] extends Reading<unknown> ? K : never }[keyof Signals];
/** One host, and which of its readings to look at. */
export type ReadingCase = [name: string, readings: readonly Named[], facts: HostFacts, host?: Partial<Facts>];

export const signalsFrom = (facts: HostFacts, host: Partial<Facts> = {}): Signals =>
  signalsOf(sourceOf({ ...hostOf(facts), ...host }, storyNow, defaultPolicy));

/** A report of `observedAt`, with what was remembered from the one before. */
export const reportAt = (facts: HostFacts, observedAt: string | null, remembered = facts): Partial<Facts> => ({
  report: { facts, remembered, observedAt, receivedAt: '2026-11-20T06:00:00Z' },
});

const shown = (value: unknown): string => {
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.join(' + ');
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.entries(value)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ');
};

function inWords([name, readings, facts, host]: ReadingCase): string {
  const signals = signalsFrom(facts, host);
  const lines = readings.map((key) => {
    const { best, worst, state, isKnown, text, evidence }: Reading<unknown> = signals[key];
    const ends = shown(best) === shown(worst) ? shown(best) : `${shown(best)} .. ${shown(worst)}`;
    const said = evidence.map(
      (one) => `${one.text === text ? '' : one.text} [${one.source}, ${one.observedAt ?? 'no date'}]`,
    );
    return `  ${key}: ${state}${isKnown ? '' : ', not settled'}, ${ends}: ${text}${said.join('')}`;
  });
  return [name, ...lines].join('\n');
}

/** Reads each host, and holds the readings against those that somebody has read and found right. */
export function describeReadings(of: string, cases: readonly ReadingCase[]): void {
  describe(`what is read of ${of}`, () => {
    it('is what somebody has read and found right', async () => {
      const golden = `../../golden/readings-${of.replaceAll(' ', '-')}.golden`;
      await expect(`${cases.map(inWords).join('\n')}\n`).toMatchFileSnapshot(golden);
    });
  });
}
