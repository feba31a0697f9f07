import type { HostSummary } from '@lunwarden/contract';
import { assess, summarize } from '@lunwarden/risk';
import type { Judged, ReportInForce, Tx, Unnumbered } from '@lunwarden/store';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import { HostFeeds } from '../feeds/host-feeds.js';
import { followFindings } from '../findings/follow-findings.js';
import { gather } from './gather.js';
import { MapCache } from './map-cache.service.js';

/** Gathers facts, judges, notices, records = publishes: the one way by which a verdict comes to be. */
@Injectable()
export class RecordService {
  constructor(
    private readonly maps: MapCache,
    private readonly feeds: HostFeeds,
    private readonly clock: Clock,
  ) {}

  /**
   * Judges these hosts again and publishes what a reader would see differently. It ends with numbering the changes,
   * so it must be the last thing that its transaction does.
   */
  async judge(tx: Tx, hostIds: readonly string[], held?: ReadonlyMap<string, ReportInForce>): Promise<void> {
    if (hostIds.length === 0) return;
    const at = this.clock.iso();
    const facts = await gather(tx, await this.maps.current(tx), hostIds, held, async (hosts) => {
      const { views, keys } = await this.feeds.lookUp(tx, hosts, at);
      await tx.feedKeys.replace(keys);
      return views;
    });
    const before = await tx.assessments.summariesOf(hostIds);
    const judged = facts.map((one): Judged => {
      const assessment = assess(one, at);
      return { assessment, summary: summarize(one, assessment) };
    });
    await tx.assessments.save(judged);
    const moved = judged.filter(({ summary }) => isMove(before.get(summary.hostId), summary));
    await tx.assessments.remember(
      moved.map(({ summary }) => ({
        hostId: summary.hostId,
        at,
        level: summary.level,
        score: summary.score,
        reason: summary.topReason,
      })),
    );
    const work = await followFindings(tx, judged, at);
    const news = judged
      .filter(({ summary }) => isNews(before.get(summary.hostId), summary))
      .map(({ summary }): Unnumbered => ({ kind: 'host', at, host: summary }));
    await tx.changes.append([...news, ...work]);
  }
}

const isMove = (before: HostSummary | undefined, after: HostSummary): boolean =>
  before === undefined || before.level !== after.level || before.score !== after.score;

/** Times move with every report and are told apart from the stream; anything else that a list shows is news. */
function isNews(before: HostSummary | undefined, after: HostSummary): boolean {
  // One that was taken back was told as unknown, whatever is stored.
  if (before === undefined || before.validity.reportMs === 0) return true;
  const timeless = (summary: HostSummary) =>
    JSON.stringify({ ...summary, observedAt: null, lastReportAt: null, validUntil: null, validity: null });
  return timeless(before) !== timeless(after);
}
