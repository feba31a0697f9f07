import { silentAfterMs } from '@lunwarden/contract';
import { lastOf, Store } from '@lunwarden/store';
import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Clock } from '../clock.js';
import { API_CONFIG, type ApiConfig } from '../config.js';
import { policyOf } from '../policy/standing-policy.js';
import { BlastService } from './blast.service.js';
import { JudgingModel } from './judging-model.js';
import { MapCache } from './map-cache.service.js';
import { ReassessService } from './reassess.service.js';

/** How often it is looked whether a verdict has run out: a wrong green lives no longer than this. */
const sweepEveryMs = 3_000;
const hostsASweep = 2_000;
const day = 86_400_000;
/** Each is looked for among all verdicts before it goes. */
const dictionariesAtOnce = 20;
/** A page that was away for longer starts with a snapshot; a spool holds reports for a week at most. */
const keptDays = { changes: 2, documents: 90, receipts: 30 } as const;

/**
 * Judges again what time has made doubtful: verdicts that ran out, hosts that fell silent or were never judged.
 * Several replicas may sweep at once; they only repeat each other.
 */
@Injectable()
export class SweepService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new Logger(SweepService.name);
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private forgotAt = '';
  private lastDue: string | null = null;

  constructor(
    private readonly store: Store,
    private readonly reassess: ReassessService,
    private readonly blast: BlastService,
    private readonly maps: MapCache,
    private readonly model: JudgingModel,
    private readonly clock: Clock,
    @Inject(API_CONFIG) private readonly config: ApiConfig,
  ) {}

  onApplicationBootstrap(): void {
    if (this.config.role !== 'api') this.next();
  }

  async onModuleDestroy(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    await this.running;
  }

  /** One round, of at most so many hosts of each kind. */
  async sweep(limit = hostsASweep): Promise<void> {
    await this.prolong();
    const now = this.clock.now();
    const silentBefore = new Date(now.getTime() - silentAfterMs).toISOString();
    const look = { now: now.toISOString(), silentBefore, model: this.model.version, limit, after: this.lastDue };
    const due = await this.store.read.assessments.due(look);
    this.lastDue = lastOf(due, this.lastDue);
    await this.reassess.hosts(due);
    await this.reassess.owedHosts(limit);
    await this.blast.publish();
    await this.forget(now);
  }

  /** Once an hour: what nobody can ask for any more. */
  private async forget(now: Date): Promise<void> {
    const hour = now.toISOString().slice(0, 13);
    if (hour === this.forgotAt) return;
    const before = (days: number): string => new Date(now.getTime() - days * day).toISOString();
    await this.store.read.changes.forgetBefore(before(keptDays.changes));
    await this.store.read.reports.forgetBefore(before(keptDays.documents), before(keptDays.receipts));
    for (let deleted = dictionariesAtOnce; deleted === dictionariesAtOnce; )
      deleted = await this.store.inTransaction((tx) => tx.verdicts.forgetDictionaries(dictionariesAtOnce));
    this.forgotAt = hour;
  }

  /** Maps that were read again hold for longer, and so do the verdicts that lean on them. */
  private async prolong(): Promise<void> {
    // Maps first: of one that comes into force after this, the change is still pending then.
    const { vcenters } = await this.maps.current(this.store.read);
    // While hosts wait to be judged by another map, nothing of theirs may hold for longer.
    if ((await this.store.read.mapChanges.pending()).length > 0) return;
    const { mapMs, inventoryMs } = (await policyOf(this.store.read)).freshness;
    const now = this.clock.now().getTime();
    // A map that has run out limits nobody any more: hosts were judged again without it (see validityOf). As long as
    // anything of it holds, it ends for everybody where the first of it does.
    const collected = vcenters
      .flatMap(({ collectedAt }) => (collectedAt === null ? [] : [Date.parse(collectedAt)]))
      .filter((at) => at + Math.max(mapMs, inventoryMs) > now);
    if (collected.length === 0) return;
    const until = Math.min(...collected) + Math.min(mapMs, inventoryMs);
    await this.store.read.assessments.prolong(new Date(until).toISOString(), new Date(now).toISOString());
  }

  private next(): void {
    this.timer = setTimeout(() => {
      this.running = this.sweep()
        .catch((error: unknown) => this.log.error({ err: error }, 'The sweep failed and is tried again'))
        .finally(() => {
          if (this.timer !== undefined) this.next();
        });
    }, sweepEveryMs);
  }
}
