import { Store } from '@lunwarden/store';
import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Clock } from '../clock.js';
import { API_CONFIG, type ApiConfig } from '../config.js';
import { BlastService } from './blast.service.js';
import { MapCache } from './map-cache.service.js';
import { ReassessService } from './reassess.service.js';

/** How often it is looked whether a verdict has run out: a wrong green lives no longer than this. */
const sweepEveryMs = 3_000;
/** A host that said nothing for so long is called silent (agent alive, 15 min). */
const silentAfterMs = 15 * 60_000;
const hostsASweep = 2_000;
/** Two hours after its collection a LUN map proves nothing any more. */
const mapHoldsMs = 2 * 3_600_000;

/**
 * Judges again what time has made doubtful: verdicts that ran out, hosts that fell silent or were never judged.
 * Several replicas may sweep at once; they only repeat each other.
 */
@Injectable()
export class SweepService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new Logger(SweepService.name);
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly store: Store,
    private readonly reassess: ReassessService,
    private readonly blast: BlastService,
    private readonly maps: MapCache,
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

  /** One round. */
  async sweep(): Promise<void> {
    await this.prolong();
    const now = this.clock.now();
    const silentBefore = new Date(now.getTime() - silentAfterMs).toISOString();
    await this.reassess.hosts(await this.store.read.assessments.due(now.toISOString(), silentBefore, hostsASweep));
    await this.blast.publish();
  }

  /** Maps that were read again hold for longer, and so do the verdicts that lean on them. */
  private async prolong(): Promise<void> {
    const { vcenters } = await this.maps.current(this.store.read);
    const ages = vcenters.map((vcenter) => vcenter.collectedAt);
    const oldest = ages.includes(null) ? null : ages.filter((at) => at !== null).sort()[0];
    if (oldest === null || oldest === undefined) return;
    const holdsUntil = new Date(Date.parse(oldest) + mapHoldsMs).toISOString();
    await this.store.read.assessments.prolong(holdsUntil, this.clock.iso());
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
