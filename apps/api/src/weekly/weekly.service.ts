import { hostname } from 'node:os';
import type { IsoWeek, WeeklyListItem, WeeklyReport, WeeklySnapshot } from '@lunwarden/contract';
import { differenceOf, isoWeekOf, type WeekSpan } from '@lunwarden/report';
import { Store, type Tx } from '@lunwarden/store';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../clock.js';
import { API_CONFIG, type ApiConfig } from '../config.js';
import { FleetService } from '../fleet/fleet.service.js';
import { Refusal } from '../http/refusal.js';
import { policyOf } from '../policy/standing-policy.js';
import { snapshotOf } from './snapshot-of.js';
import { dueWeek, spanOf } from './week-of.js';

/** Longer than it takes to judge a large fleet again; what is owed by then, nobody is judging. */
const waitAtMostMs = 30 * 60_000;

/** `waits-for-verdicts`: some are owed, because of an upgrade, a policy or an import; the week would lack them for good. */
export type Closing = 'closed' | 'already-closed' | 'waits-for-verdicts';

/** Weeks are closed, once and for all, and read again. */
@Injectable()
export class WeeklyService implements OnModuleInit {
  private readonly timeZone: string;
  private waiting: { week: IsoWeek; since: number } | null = null;

  constructor(
    private readonly store: Store,
    private readonly fleet: FleetService,
    private readonly clock: Clock,
    @Inject(API_CONFIG) config: ApiConfig,
  ) {
    this.timeZone = config.timeZone ?? 'UTC';
  }

  /** The API does not start with a time zone that does not exist. @throws UnknownTimeZone */
  onModuleInit(): void {
    isoWeekOf(this.clock.iso(), this.timeZone);
  }

  list(): Promise<WeeklyListItem[]> {
    return this.store.read.weekly.list(this.timeZone);
  }

  /**
   * A closed week, or the current one so far (then `takenAt` is now, before `endsAt`, and nothing is stored).
   * @throws Refusal not_found
   */
  async report(week: IsoWeek): Promise<WeeklyReport> {
    const snapshot = (await this.store.read.weekly.get(week, this.timeZone)) ?? (await this.preview(week));
    const before = await this.store.read.weekly.before(week, this.timeZone);
    return { snapshot, difference: differenceOf(snapshot, before) };
  }

  /** Closes the week that is over, if nobody has; also one that was missed while nothing ran. */
  async closeDue(): Promise<Closing | 'no-fleet-yet'> {
    const span = dueWeek(this.clock.now(), this.timeZone);
    if (!(await this.store.read.weekly.hadFleet(span.endsAt))) return 'no-fleet-yet';
    return this.closeSpan(span);
  }

  /** Closes a week with the fleet as it is now. @throws Refusal not_found, conflict for a week that is not over */
  async close(week: IsoWeek): Promise<Closing> {
    const span = spanOf(week, this.timeZone);
    if (span === null) throw noSuchWeek();
    if (this.clock.now().getTime() < Date.parse(span.endsAt))
      throw new Refusal('conflict', `${week} is not over: it can be closed after ${span.endsAt}.`);
    return this.closeSpan(span);
  }

  private async closeSpan(span: WeekSpan): Promise<Closing> {
    if (await this.store.read.weekly.isClosed(span.week, this.timeZone)) return 'already-closed';
    const snapshot = await this.store.atOneMoment(async (tx) =>
      (await tx.assessments.someAreOwed()) && this.mayWait(span) ? null : this.take(tx, span),
    );
    if (snapshot === null) return 'waits-for-verdicts';
    const owner = `${hostname()}:${process.pid}`;
    const isClosed = await this.store.inTransaction((tx) => tx.weekly.close(snapshot, owner));
    return isClosed ? 'closed' : 'already-closed';
  }

  /** Counted from the first look at which this process found verdicts owed: an upgrade may come long after the week was due. */
  private mayWait({ week }: WeekSpan): boolean {
    const now = this.clock.now().getTime();
    if (this.waiting?.week !== week) this.waiting = { week, since: now };
    return now < this.waiting.since + waitAtMostMs;
  }

  private preview(week: IsoWeek): Promise<WeeklySnapshot> {
    const current = isoWeekOf(this.clock.iso(), this.timeZone);
    if (current.week !== week) throw noSuchWeek();
    return this.store.atOneMoment((tx) => this.take(tx, current));
  }

  private async take(tx: Tx, span: WeekSpan): Promise<WeeklySnapshot> {
    const { version: policyVersion } = await policyOf(tx);
    return snapshotOf(await this.fleet.snapshotIn(tx), { span, timeZone: this.timeZone, policyVersion });
  }
}

const noSuchWeek = (): Refusal =>
  new Refusal('not_found', 'There is no snapshot of this week: see /api/v1/weekly for those that there are.');
