import { type SeenLunOfHost, seenLuns } from '@lunwarden/risk';
import type { Tx } from '@lunwarden/store';
import { Injectable } from '@nestjs/common';
import { gather } from '../assess/gather.js';
import { MapCache } from '../assess/map-cache.service.js';

type Kept = { reportId: string; mapVersion: number; luns: readonly SeenLunOfHost[] };

/** Hosts whose LUNs are kept between two questions: a hundred LUNs each are some 30 MB. */
const maxKept = 512;
/** Reports that are unpacked at once. */
const chunk = 32;

/** The LUNs of hosts with their states. Unpacking a report costs milliseconds, so that what did not change is kept. */
@Injectable()
export class LunStates {
  private readonly kept = new Map<string, Kept>();

  constructor(private readonly maps: MapCache) {}

  /** As each host showed them last; a host that never told its disks has none. */
  async of(tx: Tx, hostIds: readonly string[]): Promise<Map<string, readonly SeenLunOfHost[]>> {
    const maps = await this.maps.current(tx);
    const reportIds = await tx.storage.reportIds(hostIds);
    const isKept = (hostId: string): boolean => {
      const kept = this.kept.get(hostId);
      return kept !== undefined && kept.reportId === reportIds.get(hostId) && kept.mapVersion === maps.version;
    };
    const found = new Map<string, readonly SeenLunOfHost[]>();
    for (const hostId of hostIds) if (isKept(hostId)) found.set(hostId, this.kept.get(hostId)?.luns ?? []);
    const missing = hostIds.filter((hostId) => !found.has(hostId));
    for (let at = 0; at < missing.length; at += chunk) {
      for (const facts of await gather(tx, maps, missing.slice(at, at + chunk))) {
        const luns = seenLuns(facts) ?? [];
        found.set(facts.hostId, luns);
        const reportId = reportIds.get(facts.hostId);
        if (reportId !== undefined) this.keep(facts.hostId, { reportId, mapVersion: maps.version, luns });
      }
    }
    return found;
  }

  private keep(hostId: string, kept: Kept): void {
    this.kept.delete(hostId);
    this.kept.set(hostId, kept);
    const [oldest] = this.kept.keys();
    if (this.kept.size > maxKept && oldest !== undefined) this.kept.delete(oldest);
  }
}
