import { isDeepStrictEqual } from 'node:util';
import { storyNow } from '@lunwarden/sample-fleet';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assess } from '../assess.js';
import type { Facts, MapView } from '../facts.js';
import { policyWith } from '../overrides.js';
import { defaultPolicy, type Policy } from '../policy.js';
import { arbitraryHosts, arbitraryMaps } from '../testing/arbitrary-hosts.js';
import { LunNumbers } from './lun-numbers.js';
import { numberedMap } from './numbered-map.js';
import { prepare } from './prepare.js';
import { rescorer } from './rescore.js';
import { withSharedVms } from './shared-vms.js';

const numRuns = Number(process.env.FC_NUM_RUNS ?? 800);
/** Each of four hosts beside each of seven maps. */
const hosts = fc.array(arbitraryHosts, { minLength: 4, maxLength: 4 });
const maps = fc.array(arbitraryMaps, { minLength: 7, maxLength: 7 });

/** All that a rescore answers, as the whole judgement has it. */
function numbersOf(facts: Facts, policy: Policy) {
  const { score, low, level, exposure, modes } = assess(facts, storyNow, policy);
  return {
    score,
    low,
    level,
    reach: { vms: exposure.vms, datastores: exposure.datastores.length, isComplete: exposure.isComplete },
    modes: modes.map((one) => ({
      mode: one.mode,
      inForce: one.inForce,
      score: one.score,
      low: one.low,
      level: one.level,
      unmasked: one.unmasked,
    })),
  };
}

/** What every map says of every prepared host, and what the whole judgement says of it. */
function both(some: readonly Facts[], views: readonly MapView[], policy: Policy) {
  const numbers = new LunNumbers();
  const prepared = some.map((host) => ({ host, lean: prepare(host, storyNow, numbers, policy) }));
  return views.flatMap((view, at) => {
    const map = { ...view, datastores: at % 2 === 0 ? view.datastores : withSharedVms(view.datastores) };
    const numbered = numberedMap(map, numbers);
    const rescore = rescorer(numbered, { asOf: Date.parse(storyNow), policy });
    return prepared.map(({ host, lean }) => {
      const { reach, ...rescored } = rescore(lean);
      const { vms, datastores, isComplete } = reach;
      return {
        lean: { ...rescored, reach: { vms, datastores, isComplete } },
        whole: numbersOf({ ...host, map }, policy),
      };
    });
  });
}

/** Tens of thousands of times: the slow way, which shows what differs, is for what does. */
function expectSame(lean: object, whole: object): void {
  if (!isDeepStrictEqual(lean, whole)) expect(lean).toEqual(whole);
}

describe('a prepared host', () => {
  it('scores beside any maps as the whole judgement does, in every mode', { timeout: 300_000 }, () => {
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(hosts, maps, (some, views) => {
        for (const { lean, whole } of both(some, views, defaultPolicy)) {
          expectSame(lean, whole);
          seen.set(whole.level, (seen.get(whole.level) ?? 0) + 1);
        }
      }),
      { numRuns },
    );
    // The law says something only if all kinds of hosts were met.
    console.info(`prepared hosts by level: ${JSON.stringify(Object.fromEntries(seen))}`);
    for (const level of ['critical', 'high', 'low', 'unknown']) expect(seen.get(level)).toBeGreaterThan(0);
  });

  it('scores by the policy of the site', { timeout: 120_000 }, () => {
    const site = policyWith({
      'weights.reach.vms': 0,
      'weights.reach.datastores': 0.9,
      'weights.hotAdd.enabled': 0.9,
      'levelBounds.high': 50,
      hotAddTasks: 40,
    });
    if ('problems' in site) throw new Error('the overrides are not in their bounds');
    fc.assert(
      fc.property(hosts, maps, (some, views) => {
        for (const { lean, whole } of both(some, views, site.policy)) {
          expectSame(lean, whole);
          expect(lean.score).not.toBeNaN();
        }
      }),
      { numRuns: Math.ceil(numRuns / 8) },
    );
  });
});
