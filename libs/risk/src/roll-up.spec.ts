import { hostOf, storyDatastores, storyFacts, storyNow, windowsFacts } from '@lunwarden/sample-fleet';
import { describe, expect, it } from 'vitest';
import { assess, sourceOf } from './assess.js';
import { model } from './model.js';
import { defaultPolicy } from './policy.js';
import { datastoreRisks, rollUp } from './roll-up.js';
import { at, signalsOf } from './signals.js';
import { summarize } from './summarize.js';
import { titled } from './titled.js';

const judged = (facts: Parameters<typeof hostOf>[0], overrides: Parameters<typeof hostOf>[1] = {}) => {
  const host = hostOf(facts, overrides);
  return { facts: host, assessment: titled(assess(host, storyNow)) };
};
const critical = judged(storyFacts('popular-fix'));
const high = judged(storyFacts('service-pack-failed'));
const fine = judged(windowsFacts());
const silent = judged(windowsFacts(), { report: null, lastSeenAt: null });
const rowOf = ({ facts, assessment }: typeof fine) => summarize(facts, assessment);
const vms = new Map(storyDatastores().map(({ id, vmIds }) => [id, vmIds]));
const vmsOn = (id: string) => vms.get(id);

describe('the roll-up of a fleet', () => {
  it('counts levels, and names the worst and the ninth of ten, never a mean', () => {
    const rows = [...Array.from({ length: 18 }, () => rowOf(fine)), rowOf(high), rowOf(critical)];
    const all = rollUp(rows, vmsOn);
    expect(all).toMatchObject({ hosts: 20, levels: { critical: 1, high: 1, minimal: 18, unknown: 0 } });
    expect(all.max).toBe(critical.assessment.score);
    expect(all.p90).toBe(fine.assessment.score);
    expect(rollUp([...rows, rowOf(high)], vmsOn).p90).toBe(high.assessment.score);
  });

  it('counts a VM behind two hosts and on two datastores once', () => {
    expect(rollUp([rowOf(high), rowOf(critical)], vmsOn).vmsAtRisk).toEqual({ count: 400, isComplete: true });
  });

  it('does not count what lies behind hosts that are fine, and is not complete without the others', () => {
    expect(rollUp([rowOf(fine)], vmsOn).vmsAtRisk).toEqual({ count: 0, isComplete: true });
    expect(rollUp([rowOf(fine), rowOf(silent)], vmsOn).vmsAtRisk).toEqual({ count: 0, isComplete: false });
    expect(rollUp([rowOf(high)], () => undefined).vmsAtRisk).toEqual({ count: 0, isComplete: false });
  });

  it.each([
    ['critical', 33],
    ['high', 33],
    ['unknown', 33],
    ['medium', 0],
    ['low', 0],
    ['minimal', 0],
  ] as const)('counts what lies behind a host of level %s: %d VMs', (level, count) => {
    const row = {
      ...rowOf(fine),
      level,
      datastoreIds: storyDatastores()
        .slice(0, 1)
        .map(({ id }) => id),
    };
    expect(rollUp([row], vmsOn).vmsAtRisk).toEqual({ count, isComplete: true });
  });

  it('has nothing to say of no hosts', () => {
    const levels = { critical: 0, unknown: 0, high: 0, medium: 0, low: 0, minimal: 0 };
    expect(rollUp([], vmsOn)).toMatchObject({ hosts: 0, levels, max: null, p90: null });
  });
});

describe('the risk of a datastore', () => {
  const corruptionRisk = ({ facts }: typeof fine) =>
    model(at('worst', signalsOf(sourceOf(facts, storyNow, defaultPolicy))), defaultPolicy).corruptionRisk;

  it('is the chance that any of the hosts that see it destroys it', () => {
    const [first] = datastoreRisks([critical, high]);
    const expected = 100 * (1 - (1 - corruptionRisk(critical)) * (1 - corruptionRisk(high)));
    expect(first?.score).toBeCloseTo(expected, 1);
    expect(first).toMatchObject({ hosts: 2 });
    const bestOf = ({ facts }: typeof fine) =>
      model(at('best', signalsOf(sourceOf(facts, storyNow, defaultPolicy))), defaultPolicy).corruptionRisk;
    expect(first?.low).toBeCloseTo(100 * (1 - (1 - bestOf(critical)) * (1 - bestOf(high))), 1);
    expect(datastoreRisks([critical, high])).toHaveLength(12);
  });

  it('stands the worst first, and by its id where two are as bad', () => {
    const ids = datastoreRisks([high]).map(({ id }) => id);
    expect(ids).toEqual(ids.toSorted());
    const [first] = critical.assessment.exposure.datastores.slice(-1);
    const narrow = { ...critical.assessment.exposure, datastores: first === undefined ? [] : [first] };
    const alone = { ...critical, assessment: { ...critical.assessment, exposure: narrow } };
    expect(datastoreRisks([high, alone])[0]).toMatchObject({ id: first?.id, hosts: 2 });
  });

  it('grows with each host that sees it, and is not touched by one that does not', () => {
    const [one] = datastoreRisks([high]);
    const [two] = datastoreRisks([high, critical]);
    expect(two?.score).toBeGreaterThan(one?.score ?? 100);
    expect(datastoreRisks([high, fine])).toEqual(datastoreRisks([high]));
    expect(datastoreRisks([critical, high])).toEqual(datastoreRisks([high, critical]));
  });
});
