import type { HostSummary, TrendPoint } from '@lunwarden/contract';
import { levels } from '@lunwarden/contract';
import { expireSummary } from '@lunwarden/risk';
import { Store, type VmsAtRisk } from '@lunwarden/store';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import { MapCache } from './map-cache.service.js';
import type { MapIndex } from './map-index.js';

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
    // A verdict that has run out and could not be made again is counted as what it is: unknown.
    const summaries = (await this.store.read.assessments.summaries()).map((summary) => expireSummary(summary, at));
    const vmsAtRisk = vmsAtRiskOf(summaries, maps);
    await this.store.inTransaction(async (tx) => {
      await tx.assessments.saveDay(trendPointOf(day, summaries, vmsAtRisk.count));
      if (await tx.fleet.saveVmsAtRisk(vmsAtRisk)) await tx.changes.append([{ kind: 'blast', at, vmsAtRisk }]);
    });
    this.seenSeq = seq;
    this.seenDay = day;
    this.seenMaps = maps.version;
  }
}

/** Distinct VMs behind at least one critical, high or unknown host; a lower bound while anything about them is unknown. */
export function vmsAtRiskOf(summaries: readonly HostSummary[], maps: MapIndex): VmsAtRisk {
  const atRisk = summaries.filter(({ level }) => level === 'critical' || level === 'high' || level === 'unknown');
  return {
    count: maps.vmsOn(new Set(atRisk.flatMap((host) => host.datastoreIds))),
    isComplete: atRisk.every((host) => host.blastIsComplete),
  };
}

function trendPointOf(date: string, summaries: readonly HostSummary[], vmsAtRisk: number): TrendPoint {
  const counts = new Map(levels.map((level) => [level, 0]));
  for (const { level } of summaries) counts.set(level, (counts.get(level) ?? 0) + 1);
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
