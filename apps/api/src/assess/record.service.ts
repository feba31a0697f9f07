import { assess, summarize, titled } from '@lunwarden/risk';
import {
  inSlices,
  isSame,
  type KeysOfHost,
  keysHash,
  type ReportInForce,
  type Tx,
  type Unnumbered,
} from '@lunwarden/store';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import { HostFeeds } from '../feeds/host-feeds.js';
import { followFindings } from '../findings/follow-findings.js';
import { policyOf } from '../policy/standing-policy.js';
import { around, awaitedOf } from './facts/around.js';
import { gather } from './gather.js';
import { noteMachines } from './inventory/gather-inventory.js';
import { JudgingModel } from './judging-model.js';
import { MapCache } from './map-cache.service.js';
import { WorseFirst } from './worse-first.js';

/** Of so many of the hosts that it keeps something of it is looked whether they still are: all of them in turn. */
const looksAfter = 1_000;

/** Gathers facts, judges, notices, records = publishes: the one way by which a verdict comes to be. */
@Injectable()
export class RecordService {
  constructor(
    private readonly maps: MapCache,
    private readonly feeds: HostFeeds,
    private readonly clock: Clock,
    private readonly order: WorseFirst,
    private readonly model: JudgingModel,
  ) {}

  /**
   * Judges these hosts again and publishes what a reader would see differently. It ends with numbering the changes,
   * so it must be the last thing that its transaction does.
   */
  async judge(tx: Tx, hostIds: readonly string[], held?: ReadonlyMap<string, ReportInForce>): Promise<void> {
    if (hostIds.length === 0) return;
    const at = this.clock.iso();
    let keys: ReadonlyMap<string, readonly string[]> = new Map();
    const maps = await this.maps.current(tx);
    const gathered = await gather(tx, maps, hostIds, held, async (hosts) => {
      const looked = await this.feeds.lookUp(tx, hosts, at);
      keys = new Map(looked.keys.map((one) => [one.hostId, one.keys]));
      return looked.views;
    });
    const facts = await around(tx, maps, gathered, at);
    // Of a report that comes in just now it was noted before: whom it concerns had to be known then.
    await noteMachines(
      tx,
      facts.flatMap(({ hostId, report }) =>
        report === null || held?.has(hostId) ? [] : [{ hostId, facts: report.facts }],
      ),
    );
    await tx.owed.await(facts.flatMap(awaitedOf));
    const before = await tx.verdicts.standing(hostIds);
    await tx.feedKeys.replace(
      [...keys].flatMap(([hostId, own]): KeysOfHost[] =>
        isSame(before.get(hostId)?.feedKeysSaid ?? null, keysHash(own)) ? [] : [{ hostId, keys: own }],
      ),
    );
    const judgedBy = await tx.models.stamp(this.model.version);
    const policy = await policyOf(tx);
    const judged = await inSlices(facts, (one) => {
      const assessment = titled(assess(one, at, policy));
      const summary = summarize(one, assessment, policy);
      return { assessment, summary, feedKeys: keys.get(one.hostId) ?? null, judgedBy };
    });
    // Of a host that reports, the next map change hears soon enough; its report must not wait for it.
    if (held === undefined) await this.order.keep(facts, judged, { at, policy });
    const news = await tx.verdicts.save(judged, before, at);
    const work = await followFindings(tx, judged, at);
    const told = judged.flatMap(({ summary }): Unnumbered[] =>
      news.has(summary.hostId) ? [{ kind: 'host', at, host: summary }] : [],
    );
    await tx.changes.append([...told, ...work]);
  }

  /** These hosts, those first that the maps in force make worse than they were judged. */
  async worseFirst(tx: Tx, hostIds: readonly string[]): Promise<string[]> {
    const [maps, policy] = [await this.maps.current(tx), await policyOf(tx)];
    const kept = this.order.hostIds(looksAfter);
    this.order.forget(kept, await tx.fleet.hosts(kept));
    return this.order.inOrder(hostIds, maps, { asOf: this.clock.now().getTime(), policy });
  }
}
