import { setImmediate as turn } from 'node:timers/promises';
import type { ChangeWindow, GateAsks, HostGate, WindowGates } from '@lunwarden/contract';
import { assess, type Facts, gate, type Policy, postflight, titled } from '@lunwarden/risk';
import { Store, type StoredOverride, type StoredPreflight, type Tx } from '@lunwarden/store';
import { Injectable } from '@nestjs/common';
import { around } from '../assess/facts/around.js';
import { type FeedsOf, gather } from '../assess/gather.js';
import { MapCache } from '../assess/map-cache.service.js';
import { Clock } from '../clock.js';
import { HostFeeds } from '../feeds/host-feeds.js';
import { Refusal } from '../http/refusal.js';
import { policyOf } from '../policy/standing-policy.js';
import { shownOverride, shownPreflight } from './shown.js';
import { noWindow } from './windows.service.js';

/** Hosts of one answer, and those judged before others get their turn. */
const pageSize = 100;
const hostsATurn = 16;

type Asked = { window: ChangeWindow; asks: GateAsks; now: Date };

/** May a host be patched: judged from its facts at the moment of asking. No verdict of the gate is ever kept (R6). */
@Injectable()
export class GateService {
  constructor(
    private readonly store: Store,
    private readonly maps: MapCache,
    private readonly feeds: HostFeeds,
    private readonly clock: Clock,
  ) {}

  /** @throws Refusal not_found */
  host(hostId: string, windowId: string, asks: GateAsks): Promise<HostGate> {
    return this.store.atOneMoment(async (tx) => {
      const window = await tx.windows.get(windowId);
      if (window === null) throw noWindow();
      const [answer] = await this.judge(tx, [hostId], { window, asks, now: this.clock.now() });
      if (answer === undefined) throw new Refusal('not_found', 'There is no such host, or it was retired.');
      return answer;
    });
  }

  /** Hosts of a window after the id `after`, in order of their ids. @throws Refusal not_found */
  page(windowId: string, asks: GateAsks, after: string | null): Promise<WindowGates> {
    return this.store.atOneMoment(async (tx) => {
      const window = await tx.windows.get(windowId);
      if (window === null) throw noWindow();
      const now = this.clock.now();
      const ids =
        window.hostIds === null
          ? await tx.fleet.hostIds(after, pageSize)
          : window.hostIds
              .toSorted()
              .filter((id) => after === null || id > after)
              .slice(0, pageSize);
      const hosts = await this.judge(tx, ids, { window, asks, now });
      const next = ids.length < pageSize ? null : (ids.at(-1) ?? null);
      return { window, asks, evaluatedAt: now.toISOString(), hosts, next };
    });
  }

  private async judge(tx: Tx, hostIds: readonly string[], asked: Asked): Promise<HostGate[]> {
    const maps = await this.maps.current(tx);
    const preflights = await tx.preflights.newest(hostIds);
    const overrides = await tx.overrides.of(asked.window.id, hostIds);
    const policy = await policyOf(tx);
    const feeds: FeedsOf = async (hosts) => (await this.feeds.lookUp(tx, hosts, asked.now.toISOString())).views;
    const answers: HostGate[] = [];
    for (let at = 0; at < hostIds.length; at += hostsATurn) {
      const gathered = await gather(tx, maps, hostIds.slice(at, at + hostsATurn), undefined, feeds);
      for (const facts of await around(tx, maps, gathered, asked.now.toISOString())) {
        const own = overrides.filter(({ hostId }) => hostId === facts.hostId);
        answers.push(gateOf(facts, { ...asked, policy }, preflights.get(facts.hostId) ?? null, own));
      }
      await turn();
    }
    // Rows come as they lie; pages go by id.
    return answers.toSorted((a, b) => (a.hostId < b.hostId ? -1 : 1));
  }
}

function gateOf(
  facts: Facts,
  { window, asks, now: at, policy }: Asked & { policy: Policy },
  preflight: StoredPreflight | null,
  overrides: readonly StoredOverride[],
): HostGate {
  const now = at.toISOString();
  const assessment = titled(assess(facts, now, policy));
  const ofHost = {
    startsAt: window.startsAt,
    endsAt: window.endsAt,
    includesHost: window.hostIds === null || window.hostIds.includes(facts.hostId),
  };
  const input = { facts, assessment, window: ofHost, now };
  return {
    hostId: facts.hostId,
    hostname: facts.hostname,
    windowId: window.id,
    asks,
    evaluatedAt: now,
    policyVersion: assessment.policyVersion,
    level: assessment.level,
    score: assessment.score,
    vms: assessment.exposure.vms,
    vmsAreComplete: assessment.exposure.isComplete,
    ...gate(asks === 'now' ? { ...input, preflight } : input, policy),
    preflight: preflight === null ? null : shownPreflight(preflight, at),
    postflight: postflight(input, policy),
    overrides: overrides.map((override) => shownOverride(override, at)),
  };
}
