import { expireSummary } from '@lunwarden/risk';
import { lastOf, type OwedJudgement, Store } from '@lunwarden/store';
import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { Clock } from '../clock.js';
import { FleetCustom } from './fleet-custom.service.js';
import { RecordService } from './record.service.js';

/** Hosts of one transaction: few enough that reading their documents and packing their verdicts holds up nobody for long. */
const chunk = 16;

/** After what time a judgement that failed is tried again. */
const tryAgainMs = 2_000;

type Judged = { hostId: string; ticket: string | null };

/** Judges hosts again because something other than their own report has changed. */
@Injectable()
export class ReassessService implements BeforeApplicationShutdown {
  private readonly log = new Logger(ReassessService.name);
  /** Hosts by the version of the maps below which nobody can vouch for their verdict. */
  private readonly owed = new Map<string, number>();
  private tickets: OwedJudgement[] = [];
  private paying: Promise<void> = Promise.resolve();
  private retry: NodeJS.Timeout | undefined;
  private lastOwed: string | null = null;

  constructor(
    private readonly store: Store,
    private readonly record: RecordService,
    private readonly clock: Clock,
    private readonly custom: FleetCustom,
  ) {}

  /** One host that cannot be judged keeps no other from it: its own verdict is taken back. Rejects if the database does not answer. */
  async hosts(hostIds: readonly string[]): Promise<void> {
    for (let at = 0; at < hostIds.length; at += chunk) {
      const some = hostIds.slice(at, at + chunk);
      try {
        await this.judge(some);
      } catch (error) {
        this.log.warn({ err: error }, 'Hosts are judged one by one, because together they cannot be');
        for (const hostId of some) await this.judgeAlone(hostId);
      }
    }
  }

  private judge(hostIds: readonly string[]): Promise<void> {
    return this.store.inTransaction(async (tx) => {
      // The same lock that a report takes, so that an older verdict never overwrites a newer one.
      await tx.reports.lock(hostIds);
      await this.record.judge(tx, hostIds);
    });
  }

  private async judgeAlone(hostId: string): Promise<void> {
    try {
      await this.judge([hostId]);
    } catch (error) {
      await this.takeBack(hostId);
      this.log.error({ err: error, hostId }, 'A host cannot be judged; its verdict is taken back');
    }
  }

  private takeBack(hostId: string): Promise<void> {
    const at = this.clock.iso();
    return this.store.inTransaction(async (tx) => {
      const isNews = await tx.assessments.doubt(hostId);
      const summary = (await tx.assessments.summariesOf([hostId])).get(hostId);
      if (isNews && summary !== undefined)
        await tx.changes.append([{ kind: 'host', at, host: expireSummary(summary, at) }]);
    });
  }

  /** Hosts of which somebody said that they must be judged again, or for which the custom of the fleet has turned. */
  async owedHosts(limit: number): Promise<void> {
    await this.custom.look();
    await this.passOnProducts();
    const owed = await this.store.read.owed.due(limit, this.lastOwed);
    const hostIds = [...new Set(owed.map(({ hostId }) => hostId))];
    this.lastOwed = lastOf(hostIds, this.lastOwed);
    await this.hosts(hostIds);
    await this.store.read.owed.paid(owed);
  }

  /** What backup servers said while it was not their turn to have others judged. */
  private passOnProducts(): Promise<void> {
    return this.store.inTransaction(async (tx) => {
      if (await tx.products.haveWaited(this.clock.iso())) await tx.owed.ask(null);
    });
  }

  /** A map changed under these LUNs: the hosts that see them, `others` of which it says something else, and no more. */
  async hostsSeeing(lunKeys: readonly string[], others: readonly string[] = []): Promise<number> {
    const hostIds = [...new Set([...(await this.store.read.sightings.hostsSeeing(lunKeys)), ...others])];
    await this.hosts(await this.record.worseFirst(this.store.read, hostIds));
    return hostIds.length;
  }

  /** A vCenter came or went: what was unmapped may be mapped, for anyone. */
  async everyone(): Promise<void> {
    for (let after: string | null = null; ; ) {
      const page: string[] = await this.store.read.fleet.hostIds(after, 1_000);
      await this.hosts(await this.record.worseFirst(this.store.read, page));
      after = page.at(-1) ?? null;
      if (after === null) return;
    }
  }

  /**
   * Reports were committed that were judged by maps of at least this version. Whoever put a newer map in force meanwhile
   * may have looked for the hosts that see its LUNs before these sightings were there, so these hosts are judged again
   * if the version has moved. Tried again until it succeeds; does not reject.
   * @param reports `ticket` = what their transaction owes for sightings that are new, in case nobody gets this far
   */
  afterMapsOf(version: number, reports: readonly Judged[]): Promise<void> {
    this.owe(reports.map(({ hostId }) => [hostId, version]));
    this.tickets.push(...reports.flatMap(({ hostId, ticket }) => (ticket === null ? [] : [{ hostId, ticket }])));
    this.paying = this.paying.then(() => this.pay());
    return this.paying;
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearTimeout(this.retry);
    await this.paying;
  }

  private owe(debts: readonly (readonly [string, number])[]): void {
    for (const [hostId, version] of debts) this.owed.set(hostId, Math.min(version, this.owed.get(hostId) ?? version));
  }

  private async pay(): Promise<void> {
    const debts = [...this.owed];
    const { tickets } = this;
    // Whoever is owed again from here on needs another look: this one may be older than its report.
    this.owed.clear();
    this.tickets = [];
    if (debts.length === 0) return;
    try {
      const now = await this.store.read.maps.version();
      await this.hosts(debts.filter(([, judgedBy]) => judgedBy < now).map(([hostId]) => hostId));
      await this.store.read.owed.paid(tickets);
    } catch (error) {
      this.log.error({ err: error }, 'Hosts cannot be judged by the newest maps; trying again');
      this.owe(debts);
      this.tickets.push(...tickets);
      clearTimeout(this.retry);
      this.retry = setTimeout(() => void this.afterMapsOf(0, []), tryAgainMs);
    }
  }
}
