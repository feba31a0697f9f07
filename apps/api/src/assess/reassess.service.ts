import { Store } from '@lunwarden/store';
import { Injectable } from '@nestjs/common';
import { RecordService } from './record.service.js';

/** Hosts of one transaction: small enough that reports get their turn in between. */
const chunk = 64;

/** Judges hosts again because something other than their own report has changed. */
@Injectable()
export class ReassessService {
  constructor(
    private readonly store: Store,
    private readonly record: RecordService,
  ) {}

  async hosts(hostIds: readonly string[]): Promise<void> {
    for (let at = 0; at < hostIds.length; at += chunk) {
      const some = hostIds.slice(at, at + chunk);
      await this.store.inTransaction(async (tx) => {
        // The same lock that a report takes, so that an older verdict never overwrites a newer one.
        await tx.reports.lock(some);
        await this.record.judge(tx, some);
      });
    }
  }

  /** A map changed under these LUNs: the hosts that see them, and no others. */
  async hostsSeeing(lunKeys: readonly string[]): Promise<number> {
    const hostIds = await this.store.read.sightings.hostsSeeing(lunKeys);
    await this.hosts(hostIds);
    return hostIds.length;
  }

  /** A vCenter came or went: what was unmapped may be mapped, for anyone. */
  async everyone(): Promise<void> {
    for (let after: string | null = null; ; ) {
      const page: string[] = await this.store.read.fleet.hostIds(after, 1_000);
      await this.hosts(page);
      after = page.at(-1) ?? null;
      if (after === null) return;
    }
  }
}
