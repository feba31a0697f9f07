import type { Assessment } from '@lunwarden/contract';
import { type Facts, LunNumbers, type Policy, type PreparedHost, prepare, rescorer } from '@lunwarden/risk';
import { inSlices } from '@lunwarden/store';
import { Injectable } from '@nestjs/common';
import type { MapIndex } from './map-index.js';

/** One host as it was last judged because of something else than its report. */
type Kept = { host: PreparedHost; score: number };
type Verdict = { assessment: Pick<Assessment, 'hostId' | 'score'> };

/**
 * Puts hosts in the order in which a new map must reach them: first those that it makes worse, so that no host that is
 * green no more waits behind thousands that stay as they are. Only the order hangs on it: every host is judged in full.
 */
@Injectable()
export class WorseFirst {
  private readonly numbers = new LunNumbers();
  private readonly kept = new Map<string, Kept>();
  private policyVersion = '';

  /** @param at ISO instant at which they were judged, each with the verdict of its place in `judged` */
  async keep(
    hosts: readonly Facts[],
    judged: readonly Verdict[],
    { at, policy }: { at: string; policy: Policy },
  ): Promise<void> {
    // What was worked out by other weights says nothing by these.
    if (policy.version !== this.policyVersion) this.kept.clear();
    this.policyVersion = policy.version;
    const scores = new Map(judged.map(({ assessment }) => [assessment.hostId, assessment.score]));
    await inSlices(hosts, (facts) => {
      const score = scores.get(facts.hostId);
      if (score !== undefined) this.kept.set(facts.hostId, { host: prepare(facts, at, this.numbers, policy), score });
    });
  }

  /** Hosts of which something is kept, at most so many: those that were not asked for the longest. */
  hostIds(limit: number): string[] {
    return [...this.kept.keys()].slice(0, limit);
  }

  /** Nothing is kept of those of these hosts that the fleet has no more. */
  forget(hostIds: readonly string[], fleet: { has(hostId: string): boolean }): void {
    for (const hostId of hostIds) {
      const kept = this.kept.get(hostId);
      this.kept.delete(hostId);
      if (kept !== undefined && fleet.has(hostId)) this.kept.set(hostId, kept);
    }
  }

  /** The same hosts by how much higher they score by these maps; one that nobody kept may be anything, and comes first. */
  async inOrder(
    hostIds: readonly string[],
    maps: MapIndex,
    moment: { asOf: number; policy: Policy },
  ): Promise<string[]> {
    if (moment.policy.version !== this.policyVersion) return [...hostIds];
    const rescore = rescorer(await maps.numbered(this.numbers), moment);
    const ranked = await inSlices(hostIds, (hostId) => {
      const kept = this.kept.get(hostId);
      return { hostId, rise: kept === undefined ? Number.POSITIVE_INFINITY : rescore(kept.host).score - kept.score };
    });
    return ranked.toSorted((a, b) => (a.rise === b.rise ? 0 : b.rise - a.rise)).map(({ hostId }) => hostId);
  }
}
