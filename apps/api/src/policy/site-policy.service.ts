import type { SiteConstant, SiteConstantRequest, SitePolicy } from '@lunwarden/contract';
import { defaultPolicy, type PolicyBound, policyBounds, policyWith } from '@lunwarden/risk';
import { Store, type Tx } from '@lunwarden/store';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import type { SessionPrincipal } from '../http/principal.js';
import { Refusal } from '../http/refusal.js';
import { overridesOf, policyOf } from './standing-policy.js';

const shownChanges = 200;

/** Read by pages and by sweeps, which know no policy but ours: a site cannot set it. */
const notOfASite = new Set(['freshness.aliveMs']);
export const siteBounds: readonly PolicyBound[] = policyBounds.filter(({ path }) => !notOfASite.has(path));

/** By which constants this site judges, and who said so. */
@Injectable()
export class SitePolicyService {
  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
  ) {}

  read(): Promise<SitePolicy> {
    return this.store.atOneMoment((tx) => this.shown(tx));
  }

  /**
   * Sets a constant or puts it back; every verdict is outdated by that, so every host is judged again.
   * @throws Refusal invalid_input for a constant that there is not, a value out of its bounds, or one that would let a
   * worse state weigh less than a better one; conflict if it has that value already
   */
  change({ path, value, reason }: SiteConstantRequest, by: SessionPrincipal): Promise<SitePolicy> {
    return this.store.inTransaction(async (tx) => {
      await tx.policy.lock();
      const bound = siteBounds.find((one) => one.path === path);
      if (bound === undefined) throw new Refusal('invalid_input', `${path} is no constant that a site may set.`);
      const { [path]: set, ...others } = overridesOf(await tx.policy.standing());
      if (value === (set ?? null)) throw new Refusal('conflict', `${path} has that value already: look again.`);
      const made = policyWith(value === null ? others : { ...others, [path]: value });
      if ('problems' in made)
        throw new Refusal('invalid_input', made.problems.map((one) => `${one.path} ${one.problem}`).join('; '));
      const change = { path, before: set ?? bound.value, after: value, reason: reason.trim() };
      await tx.policy.add({ ...change, by: by.username, at: this.clock.iso() }, by.userId);
      return this.shown(tx);
    });
  }

  private async shown(tx: Tx): Promise<SitePolicy> {
    const standing = await tx.policy.standing();
    const overrides = overridesOf(standing);
    const last = new Map(standing.map((change) => [change.path, change]));
    const { version } = await policyOf(tx);
    const constants = siteBounds.map(({ path, value, min, max }): SiteConstant => {
      const change = last.get(path);
      const current = overrides[path] ?? value;
      return { path, standard: value, min, max, current, changedBy: change?.by ?? null, changedAt: change?.at ?? null };
    });
    return {
      version,
      standardVersion: defaultPolicy.version,
      constants,
      changes: await tx.policy.newest(shownChanges),
    };
  }
}
