import { hostname } from 'node:os';
import type { IsoWeek, WeeklyListItem, WeeklyReport, WeeklySnapshot } from '@lunwarden/contract';
import { differenceOf, isoWeekOf, type WeekSpan } from '@lunwarden/report';
import { Store } from '@lunwarden/store';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../clock.js';
import { API_CONFIG, type ApiConfig } from '../config.js';
import { FleetService } from '../fleet/fleet.service.js';
import { Refusal } from '../http/refusal.js';
import { policyOf } from '../policy/standing-policy.js';
import { snapshotOf } from './snapshot-of.js';
import { dueWeek, spanOf } from './week-of.js';

/** Weeks are closed, once and for all, and read again. */
@Injectable()
export class WeeklyService implements OnModuleInit {
  private readonly timeZone: string;

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
  async closeDue(): Promise<'closed' | 'already-closed' | 'no-fleet-yet'> {
    const span = dueWeek(this.clock.now(), this.timeZone);
    if (!(await this.store.read.weekly.hadFleet(span.endsAt))) return 'no-fleet-yet';
    return this.closeSpan(span);
  }

  /** Closes a week with the fleet as it is now. @throws Refusal not_found, conflict for a week that is not over */
  async close(week: IsoWeek): Promise<'closed' | 'already-closed'> {
    const span = spanOf(week, this.timeZone);
    if (span === null) throw noSuchWeek();
    if (this.clock.now().getTime() < Date.parse(span.endsAt))
      throw new Refusal('conflict', `${week} is not over: it can be closed after ${span.endsAt}.`);
    return this.closeSpan(span);
  }

  private async closeSpan(span: WeekSpan): Promise<'closed' | 'already-closed'> {
    if (await this.store.read.weekly.isClosed(span.week, this.timeZone)) return 'already-closed';
    const snapshot = await this.take(span);
    const owner = `${hostname()}:${process.pid}`;
    const isClosed = await this.store.inTransaction((tx) => tx.weekly.close(snapshot, owner));
    return isClosed ? 'closed' : 'already-closed';
  }

  private preview(week: IsoWeek): Promise<WeeklySnapshot> {
    const current = isoWeekOf(this.clock.iso(), this.timeZone);
    if (current.week !== week) throw noSuchWeek();
    return this.take(current);
  }

  private async take(span: WeekSpan): Promise<WeeklySnapshot> {
    const { version: policyVersion } = await policyOf(this.store.read);
    return snapshotOf(await this.fleet.snapshot(), { span, timeZone: this.timeZone, policyVersion });
  }
}

const noSuchWeek = (): Refusal =>
  new Refusal('not_found', 'There is no snapshot of this week: see /api/v1/weekly for those that there are.');
