import type { HostFacts } from '@lunwarden/contract';
import { hasGaps, rememberFacts } from '@lunwarden/risk';
import type { IncomingReport, ReportInForce, Store, Tx } from '@lunwarden/store';
import { Injectable } from '@nestjs/common';
import { lunKeysOf } from '../assess/lun-keys.js';
import { RecordService } from '../assess/record.service.js';
import { type Outcome, rulingOf } from './standing.js';

/** `conflicting` is refused, the rest is stored. */
export type Accepted = Outcome;

type Ruled = IncomingReport & { outcome: Outcome; identityConflict: boolean };

/** Takes a batch of reports, at most one a host, in one commit. */
@Injectable()
export class ReportBatch {
  constructor(private readonly record: RecordService) {}

  /** Outcome by host. A failure leaves nothing behind but reports of the short way, which repeat harmlessly as duplicates. */
  async accept(store: Store, batch: readonly IncomingReport[]): Promise<Map<string, Accepted>> {
    const touched = await store.read.reports.touchUnchanged(batch);
    const outcomes = new Map<string, Accepted>([...touched].map((hostId) => [hostId, 'unchanged']));
    const rest = batch.filter((item) => !touched.has(item.hostId));
    if (rest.length > 0)
      for (const { hostId, outcome } of await store.inTransaction((tx) => this.acceptRest(tx, rest)))
        outcomes.set(hostId, outcome);
    return outcomes;
  }

  private async acceptRest(tx: Tx, batch: readonly IncomingReport[]): Promise<Ruled[]> {
    const ruled = await this.rule(tx, batch);
    const kept = ruled.filter(
      (item) => item.outcome === 'accepted' || item.outcome === 'unchanged' || item.outcome === 'late',
    );
    const current = kept.filter((item) => item.outcome !== 'late');
    const accepted = current.filter((item) => item.outcome === 'accepted');
    const incomplete = accepted.filter((item) => hasGaps(item.report.facts));
    const before = await tx.reports.inForce(incomplete.map((item) => item.hostId));
    await tx.reports.keepReceipts(kept);
    await tx.reports.store(
      kept
        .filter((item) => item.outcome !== 'unchanged')
        .map((item) => ({
          item,
          inForce: item.outcome === 'accepted',
          remembered: remembered(item, before.get(item.hostId)?.remembered),
        })),
    );
    await tx.reports.seen(current);
    await tx.sightings.replace(
      accepted.flatMap(({ hostId, report, receivedAt }) => {
        // A list that could not be read says nothing about what is seen: the older sightings stand.
        return 'value' in report.facts.disks ? [{ hostId, keys: lunKeysOf(report.facts), at: receivedAt }] : [];
      }),
    );
    const held = new Map(
      accepted.map((item) => [item.hostId, inForceAfter(item, before.get(item.hostId)?.remembered)]),
    );
    await this.record.judge(
      tx,
      current.map((item) => item.hostId),
      held,
    );
    return ruled;
  }

  private async rule(tx: Tx, batch: readonly IncomingReport[]): Promise<Ruled[]> {
    const standings = await tx.reports.lock(batch.map((item) => item.hostId));
    const receipts = await tx.reports.receipts(batch);
    const left = await tx.reports.leftBoots(batch);
    const ruled = batch.flatMap((item) => {
      const standing = standings.get(item.hostId);
      if (standing === undefined) return [];
      const receipt = receipts.get(`${item.hostId} ${item.report.reportId}`);
      return [
        {
          ...item,
          ...rulingOf(item, { standing, receipt, wasLeft: left.has(`${item.hostId} ${item.report.bootId}`) }),
        },
      ];
    });
    await tx.reports.leaveBoots(
      ruled.flatMap(({ hostId, outcome, report, receivedAt }) => {
        const boot = standings.get(hostId)?.boot;
        const moved = boot && boot.bootId !== report.bootId && (outcome === 'accepted' || outcome === 'unchanged');
        return moved ? [{ hostId, bootId: boot.bootId, at: receivedAt }] : [];
      }),
    );
    return ruled;
  }
}

/** Only what differs from the report itself is kept beside it. */
function remembered({ report, outcome }: Ruled, before: HostFacts | undefined): HostFacts | null {
  if (outcome !== 'accepted' || before === undefined) return null;
  const filled = rememberFacts(before, report.facts);
  return JSON.stringify(filled) === JSON.stringify(report.facts) ? null : filled;
}

/** What stands in the database after this report was stored, without reading it back. */
const inForceAfter = (item: Ruled, before: HostFacts | undefined): ReportInForce => ({
  report: item.report,
  remembered: remembered(item, before) ?? item.report.facts,
  observedAt: item.observedAt,
  receivedAt: item.receivedAt,
  lastSeenAt: item.receivedAt,
  identityConflict: item.identityConflict,
});
