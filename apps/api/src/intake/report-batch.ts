import { randomUUID } from 'node:crypto';
import type { HostFacts } from '@lunwarden/contract';
import { hasGaps, rememberFacts } from '@lunwarden/risk';
import {
  type HostStanding,
  type IncomingReport,
  isSame,
  keysHash,
  type ReportInForce,
  type Store,
  type Tx,
} from '@lunwarden/store';
import { Injectable } from '@nestjs/common';
import { noteMachines } from '../assess/inventory/gather-inventory.js';
import { lunKeysOf } from '../assess/lun-keys.js';
import { ReassessService } from '../assess/reassess.service.js';
import { RecordService } from '../assess/record.service.js';
import type { DecodedReport } from './decode-report.js';
import { allOf, doubtProducts, followReports, noteRefusal } from './follow-reports.js';
import { type Outcome, rulingOf } from './standing.js';

/** `conflicting` is refused, the rest is stored. */
export type Accepted = Outcome;

/** A report that waits for its transaction. */
export type ArrivedReport = IncomingReport & DecodedReport;

type Ruled = ArrivedReport & { outcome: Outcome; identityConflict: boolean; sight: Sight; isFirst: boolean };

/** `newToMaps` = hosts for which a map that comes in force now looks in another place than before their report. */
type Taken = { ruled: Ruled[]; newToMaps: ReadonlySet<string> };

/** The LUN keys in sight of a host, if this report could read them, and whether they are others than before. */
type Sight = { keys: readonly string[]; said: Uint8Array | null; isOther: boolean };

/** Takes a batch of reports, at most one a host, in one commit. */
@Injectable()
export class ReportBatch {
  constructor(
    private readonly record: RecordService,
    private readonly reassess: ReassessService,
  ) {}

  /** Outcome by host. A failure leaves nothing behind but reports of the short way, which repeat harmlessly as duplicates. */
  async accept(store: Store, batch: readonly ArrivedReport[]): Promise<Map<string, Accepted>> {
    const touched = await store.read.reports.touchUnchanged(batch);
    const outcomes = new Map<string, Accepted>([...touched].map((hostId) => [hostId, 'unchanged']));
    const rest = batch.filter((item) => !touched.has(item.hostId));
    if (rest.length === 0) return outcomes;
    const ticket = randomUUID();
    const { ruled, newToMaps, maps } = await store.inTransaction(async (tx) => {
      const before = await tx.maps.version();
      return { ...(await this.acceptRest(tx, rest, ticket)), maps: before };
    });
    for (const { hostId, outcome } of ruled) outcomes.set(hostId, outcome);
    const accepted = ruled.filter(({ outcome }) => outcome === 'accepted');
    const debts = accepted.map((item) => ({ hostId: item.hostId, ticket: newToMaps.has(item.hostId) ? ticket : null }));
    // Not waited for: the report is stored, and nothing that happens now may take that back.
    void this.reassess.afterMapsOf(maps, debts);
    return outcomes;
  }

  private async acceptRest(tx: Tx, batch: readonly ArrivedReport[], ticket: string): Promise<Taken> {
    const ruled = await this.rule(tx, batch);
    const kept = ruled.filter(
      (item) => item.outcome === 'accepted' || item.outcome === 'unchanged' || item.outcome === 'late',
    );
    const current = kept.filter((item) => item.outcome !== 'late');
    const accepted = current.filter((item) => item.outcome === 'accepted');
    const incomplete = accepted.filter((item) => hasGaps(item.content().facts));
    const before = await tx.reports.inForce(incomplete.map((item) => item.hostId));
    const concerned = [
      await followReports(
        tx,
        accepted.map(({ content, ...saying }) => ({ ...saying, facts: content().facts })),
      ),
    ];
    for (const { hostId, outcome, receivedAt } of ruled)
      if (outcome === 'conflicting') concerned.push(await noteRefusal(tx, hostId, receivedAt));
    await tx.reports.keepReceipts(kept);
    await tx.reports.store(
      kept
        .filter((item) => item.outcome !== 'unchanged')
        .map((item) => ({
          item,
          document: item.content().document,
          remembered: remembered(item, before.get(item.hostId)?.remembered),
        })),
    );
    await tx.reports.seen(
      current.map((item) => ({ ...item, inForce: item.outcome === 'accepted', lunKeysSaid: item.sight.said })),
    );
    const conflicted = kept.filter((item) => item.outcome === 'late' && item.identityConflict);
    const doubted = await tx.reports.markConflicts(conflicted.map((item) => item.hostId));
    concerned.push(await doubtProducts(tx, doubted));
    await tx.sightings.replace(
      accepted
        .filter(({ sight }) => sight.isOther)
        .map(({ hostId, sight, receivedAt }) => ({ hostId, keys: sight.keys, at: receivedAt })),
    );
    // Whoever puts a map in force cannot see these hosts there yet. Paid as soon as it is known that nobody did.
    const moved = await noteMachines(
      tx,
      accepted.map(({ hostId, content }) => ({ hostId, facts: content().facts })),
    );
    const newToMaps = new Set(
      accepted.flatMap(({ hostId, sight, isFirst }) => (sight.isOther || isFirst || moved.has(hostId) ? [hostId] : [])),
    );
    await tx.owed.ask(allOf(concerned), { ticket, hostIds: [...newToMaps] });
    const held = new Map(
      accepted.map((item) => [item.hostId, inForceAfter(item, before.get(item.hostId)?.remembered)]),
    );
    await this.record.judge(tx, [...current.map((item) => item.hostId), ...doubted], held);
    return { ruled, newToMaps };
  }

  private async rule(tx: Tx, batch: readonly ArrivedReport[]): Promise<Ruled[]> {
    const standings = await tx.reports.lock(batch.map((item) => item.hostId));
    const receipts = await tx.reports.receipts(batch);
    const left = await tx.reports.leftBoots(batch);
    const ruled = batch.flatMap((item) => {
      const standing = standings.get(item.hostId);
      if (standing === undefined) return [];
      const receipt = receipts.get(`${item.hostId} ${item.head.reportId}`);
      const ruling = rulingOf(item, { standing, receipt, wasLeft: left.has(`${item.hostId} ${item.head.bootId}`) });
      const sight = ruling.outcome === 'accepted' ? sightOf(item, standing) : nothingNew;
      return [{ ...item, ...ruling, sight, isFirst: standing.boot === null }];
    });
    await tx.reports.leaveBoots(
      ruled.flatMap(({ hostId, outcome, head, receivedAt }) => {
        const boot = standings.get(hostId)?.boot;
        const moved = boot && boot.bootId !== head.bootId && (outcome === 'accepted' || outcome === 'unchanged');
        return moved ? [{ hostId, bootId: boot.bootId, at: receivedAt }] : [];
      }),
    );
    return ruled;
  }
}

const nothingNew: Sight = { keys: [], said: null, isOther: false };

/** A list that could not be read says nothing about what is seen: the older sightings stand. */
function sightOf({ content }: ArrivedReport, { lunKeysSaid }: HostStanding): Sight {
  const { facts } = content();
  if ('unknown' in facts.disks) return nothingNew;
  const keys = lunKeysOf(facts);
  const said = keysHash(keys);
  return { keys, said, isOther: !isSame(said, lunKeysSaid) };
}

/** Only what differs from the report itself is kept beside it. */
function remembered({ content, outcome }: Ruled, before: HostFacts | undefined): HostFacts | null {
  if (outcome !== 'accepted' || before === undefined) return null;
  const { facts } = content();
  const filled = rememberFacts(before, facts);
  return JSON.stringify(filled) === JSON.stringify(facts) ? null : filled;
}

/** What stands in the database after this report was stored, without reading it back. */
const inForceAfter = (item: Ruled, before: HostFacts | undefined): ReportInForce => ({
  report: { ...item.head, facts: item.content().facts },
  remembered: remembered(item, before) ?? item.content().facts,
  observedAt: item.observedAt,
  receivedAt: item.receivedAt,
  lastSeenAt: item.receivedAt,
  identityConflict: item.identityConflict,
});
