import type { HostSummary, Level, TrendPoint } from '@lunwarden/contract';
import { expireSummary } from '@lunwarden/risk';
import { inSlices, Store, type VmsAtRisk } from '@lunwarden/store';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import { MapCache } from './map-cache.service.js';

/** Keeps the figures that belong to the fleet as a whole: distinct VMs at risk, and today's line of the trend. */
@Injectable()
export class BlastService {
  private seenSeq = -1;
  private seenDay = '';
  private seenMaps = -1;

  constructor(
    private readonly store: Store,
    private readonly maps: MapCache,
    private readonly clock: Clock,
  ) {}

  /** Counts again if anything has changed since the last time, and publishes what is new. */
  async publish(): Promise<void> {
    const at = this.clock.iso();
    const day = at.slice(0, 10);
    const maps = await this.maps.current(this.store.read);
    const seq = await this.store.read.changes.last();
    if (seq === this.seenSeq && day === this.seenDay && maps.version === this.seenMaps) return;
    const tally = new Tally();
    // A verdict that has run out and could not be made again is counted as what it is: unknown.
    await inSlices(await this.store.read.assessments.summaries(), (summary) => tally.add(expireSummary(summary, at)));
    const vmsAtRisk: VmsAtRisk = { count: maps.vmsOn(tally.datastoreIds), isComplete: tally.isComplete };
    await this.store.inTransaction(async (tx) => {
      await tx.assessments.saveDay(trendPointOf(day, tally.levels, vmsAtRisk.count));
      if (await tx.fleet.saveVmsAtRisk(vmsAtRisk)) await tx.changes.append([{ kind: 'blast', at, vmsAtRisk }]);
    });
    this.seenSeq = seq;
    this.seenDay = day;
    this.seenMaps = maps.version;
  }
}

/** Hosts by level, and what lies behind those that are critical, high or unknown; a lower bound while not `isComplete`. */
class Tally {
  readonly levels = new Map<Level, number>();
  readonly datastoreIds = new Set<string>();
  isComplete = true;

  add({ level, datastoreIds, blastIsComplete }: HostSummary): void {
    this.levels.set(level, (this.levels.get(level) ?? 0) + 1);
    if (level !== 'critical' && level !== 'high' && level !== 'unknown') return;
    for (const id of datastoreIds) this.datastoreIds.add(id);
    if (!blastIsComplete) this.isComplete = false;
  }
}

function trendPointOf(date: string, counts: ReadonlyMap<Level, number>, vmsAtRisk: number): TrendPoint {
  return {
    date,
    levels: {
      critical: counts.get('critical') ?? 0,
      unknown: counts.get('unknown') ?? 0,
      high: counts.get('high') ?? 0,
      medium: counts.get('medium') ?? 0,
      low: counts.get('low') ?? 0,
      minimal: counts.get('minimal') ?? 0,
    },
    vmsAtRisk,
  };
}
