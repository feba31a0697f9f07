import type { HostRunbook, WhatIfAnswer, WhatIfQuery } from '@lunwarden/contract';
import { assess, type Facts, type Policy, runbookOf, titled, type WhatIfChange, whatIf } from '@lunwarden/risk';
import { Store } from '@lunwarden/store';
import { Injectable } from '@nestjs/common';
import { around } from '../assess/facts/around.js';
import { gather } from '../assess/gather.js';
import { MapCache } from '../assess/map-cache.service.js';
import { Clock } from '../clock.js';
import { HostFeeds } from '../feeds/host-feeds.js';
import { Refusal } from '../http/refusal.js';
import { policyOf } from '../policy/standing-policy.js';

/** Questions about a host that nobody has touched yet, answered from the facts of this moment by the scorer itself. */
@Injectable()
export class PlanService {
  constructor(
    private readonly store: Store,
    private readonly maps: MapCache,
    private readonly feeds: HostFeeds,
    private readonly clock: Clock,
  ) {}

  /** @throws Refusal not_found */
  async whatIf(hostId: string, query: WhatIfQuery): Promise<WhatIfAnswer> {
    const { facts, now, policy } = await this.factsOf(hostId);
    const answer = whatIf(facts, now, changeOf(query), policy);
    return { hostId, evaluatedAt: now, policyVersion: policy.version, ...answer };
  }

  /** @throws Refusal not_found */
  async runbook(hostId: string): Promise<HostRunbook> {
    const { facts, now, policy } = await this.factsOf(hostId);
    const { steps, traps } = runbookOf(facts, titled(assess(facts, now, policy)), { policy });
    return {
      hostId,
      evaluatedAt: now,
      steps: steps.map((step) => ({ ...step, commands: [...step.commands], verify: [...step.verify] })),
      traps: traps.map((trap) => ({ ...trap, safeFix: [...trap.safeFix] })),
    };
  }

  private factsOf(hostId: string): Promise<{ facts: Facts; now: string; policy: Policy }> {
    return this.store.atOneMoment(async (tx) => {
      const now = this.clock.iso();
      const maps = await this.maps.current(tx);
      const gathered = await gather(tx, maps, [hostId], undefined, async (hosts) => {
        return (await this.feeds.lookUp(tx, hosts, now)).views;
      });
      const [facts] = await around(tx, maps, gathered, now);
      if (facts === undefined) throw new Refusal('not_found', 'There is no such host, or it was retired.');
      return { facts, now, policy: await policyOf(tx) };
    });
  }
}

const changeOf = ({ mode, unmask, harden, delayDays }: WhatIfQuery): WhatIfChange => ({
  ...(mode === undefined ? {} : { mode }),
  unmask: unmask === '1',
  harden: harden === '1',
  delayDays: Number(delayDays ?? 0),
});
