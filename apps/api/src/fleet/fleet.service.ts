import type { FleetSnapshot, HostDetail, HostSummary, SeenLun, TrendPoint, VmsInReach } from '@lunwarden/contract';
import { expireAssessment, expireSummary, seenLuns } from '@lunwarden/risk';
import { Store, type Tx } from '@lunwarden/store';
import { Injectable } from '@nestjs/common';
import { gather } from '../assess/gather.js';
import { MapCache } from '../assess/map-cache.service.js';
import { Clock } from '../clock.js';
import { Refusal } from '../http/refusal.js';

const shownMoves = 200;
const shownVms = 5_000;

/** What people ask of the fleet. Every verdict is read at this moment: one that has run out is unknown here too. */
@Injectable()
export class FleetService {
  constructor(
    private readonly store: Store,
    private readonly maps: MapCache,
    private readonly clock: Clock,
  ) {}

  /** Hosts, vCenters and figures as they were at one seq. */
  snapshot(): Promise<FleetSnapshot> {
    return this.store.atOneMoment((tx) => this.snapshotIn(tx));
  }

  /** The same, beside what else is asked of this moment. */
  async snapshotIn(tx: Tx): Promise<FleetSnapshot> {
    return {
      seq: await tx.changes.last(),
      asOf: this.clock.iso(),
      hosts: this.expired(await tx.assessments.summaries()),
      vcenters: await tx.vcenters.statuses(),
      vmsAtRisk: await tx.fleet.vmsAtRisk(),
    };
  }

  trend(weeks: number): Promise<TrendPoint[]> {
    const since = new Date(this.clock.now().getTime() - weeks * 7 * 86_400_000);
    return this.store.read.fleet.trend(since.toISOString().slice(0, 10));
  }

  /** @throws Refusal not_found */
  host(hostId: string): Promise<HostDetail> {
    return this.store.atOneMoment(async (tx) => {
      const judged = await tx.assessments.one(hostId);
      if (judged === null) throw new Refusal('not_found', 'There is no such host, or it was retired.');
      const inForce = (await tx.reports.inForce([hostId])).get(hostId);
      return {
        seq: await tx.changes.last(),
        assessment: expireAssessment(judged.assessment, this.clock.iso()),
        summary: expireSummary(judged.summary, this.clock.iso()),
        luns: await this.lunsOf(tx, hostId),
        report: inForce?.report ?? null,
        receivedAt: inForce?.receivedAt ?? null,
        history: await tx.assessments.history(hostId, shownMoves),
      };
    });
  }

  /** @throws Refusal not_found */
  async vmsInReach(hostId: string): Promise<VmsInReach> {
    const judged = await this.store.read.assessments.one(hostId);
    if (judged === null) throw new Refusal('not_found', 'There is no such host, or it was retired.');
    const summary = expireSummary(judged.summary, this.clock.iso());
    const vms = await this.store.read.maps.vms(summary.datastoreIds);
    return {
      vms: vms.slice(0, shownVms).map(({ name, vcenter, datastores }) => ({ name, vcenter, datastores })),
      total: vms.length,
      isComplete: summary.blastIsComplete,
    };
  }

  private async lunsOf(tx: Tx, hostId: string): Promise<SeenLun[] | null> {
    const [facts] = await gather(tx, await this.maps.current(tx), [hostId]);
    const luns = facts === undefined ? null : seenLuns(facts);
    if (luns === null) return null;
    const shared = await tx.sightings.sharedWith(hostId);
    return luns.map((lun) => {
      const others = new Map(
        shared.filter(({ key }) => lun.keys.some((own) => own === key)).map((other) => [other.hostId, other.hostname]),
      );
      return { ...lun, otherHosts: [...others].map(([id, hostname]) => ({ hostId: id, hostname })) };
    });
  }

  private expired(summaries: readonly HostSummary[]): HostSummary[] {
    const now = this.clock.iso();
    return summaries.map((summary) => expireSummary(summary, now));
  }
}
