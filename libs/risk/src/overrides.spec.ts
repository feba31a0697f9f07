import { hostOf, storyFacts, storyNow } from '@lunwarden/sample-fleet';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assess } from './assess.js';
import { policyBounds, policyWith } from './overrides.js';
import { defaultPolicy } from './policy.js';

const policyOf = (overrides: Record<string, number>) => {
  const made = policyWith(overrides);
  if ('problems' in made) throw new Error(JSON.stringify(made.problems));
  return made.policy;
};

describe('overrides of the policy', () => {
  it('change one constant, and the version that is stored with every verdict', () => {
    const policy = policyOf({ 'weights.trigger.pendingReboot': 0.5, 'weights.updateAge.1.weight': 0.1 });
    expect(policy.weights.trigger.pendingReboot).toBe(0.5);
    expect(policy.weights.updateAge[1]).toEqual({ days: 65, weight: 0.1 });
    expect(policy.weights.updateAge.at(-1)?.days).toBe(Number.POSITIVE_INFINITY);
    expect(policy.weights.lun).toEqual(defaultPolicy.weights.lun);
    expect(policy.version).toMatch(/^2026-11-2\+[0-9a-f]{8}$/);
    expect(defaultPolicy.weights.trigger.pendingReboot).toBe(0.25);
  });

  it('have the same version wherever and in whatever order they were set', () => {
    const [a, b] = [
      { hotAddTasks: 8, 'osSupport.endingDays': 180 },
      { 'osSupport.endingDays': 180, hotAddTasks: 8 },
    ];
    expect(policyOf(a).version).toBe(policyOf(b).version);
    expect(policyOf(a).version).not.toBe(policyOf({ hotAddTasks: 8 }).version);
    expect(policyOf({})).toBe(defaultPolicy);
  });

  it.each([
    ['weights.trigger.pendingReboot', 1.1, /must be 0 to 1/],
    ['weights.trigger.pendingReboot', Number.NaN, /must be/],
    ['freshness.hostStateMs', 4 * 3_600_000, /must be 60000 to 10800000/],
    ['floors.F1-overwrite-evidence', 50, /must be 90 to 100/],
    ['weights.nothing', 0.5, /no constant/],
    ['__proto__', 0.5, /no constant/],
    ['freshness.skewMs', 1, /no constant/],
    ['weights.lun.online-writable', 0.1, /is the better state/],
    ['levelBounds.high', 45, null],
  ] as const)('%s = %d is named with its bounds where it is refused', (path, value, problem) => {
    const made = policyWith(Object.fromEntries([[path, value]]));
    if (problem === null) expect(made).toHaveProperty('policy');
    else {
      const { problems } = 'problems' in made ? made : { problems: [] };
      expect(problems).toContainEqual({ path, problem: expect.stringMatching(problem) });
    }
  });

  it('are accepted at both bounds wherever the order of the states allows it', () => {
    for (const { path, min, max } of policyBounds)
      for (const value of [min, max]) {
        const made = policyWith({ [path]: value });
        if ('problems' in made) for (const { problem } of made.problems) expect(problem).toMatch(/better state/);
      }
  });

  it('never let a worse host look better than the same host before', () => {
    const bounds = fc.constantFrom(...policyBounds);
    fc.assert(
      fc.property(fc.array(fc.tuple(bounds, fc.double({ min: 0, max: 1, noNaN: true })), { maxLength: 6 }), (picks) => {
        const overrides = Object.fromEntries(picks.map(([{ path, min, max }, at]) => [path, min + (max - min) * at]));
        const made = policyWith(overrides);
        if ('problems' in made) return;
        const scoreOf = (stage: 'service-pack-failed' | 'popular-fix') =>
          assess(hostOf(storyFacts(stage)), storyNow, made.policy).score;
        expect(scoreOf('popular-fix')).toBeGreaterThanOrEqual(scoreOf('service-pack-failed'));
      }),
    );
  });
});
