import { Store } from '@lunwarden/store';
import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { ReassessService } from '../assess/reassess.service.js';
import { Clock } from '../clock.js';
import { API_CONFIG, type ApiConfig } from '../config.js';
import { type Repeating, repeat } from '../jobs/repeat.js';
import { runsJobs } from '../jobs/role.js';

const lookMs = 60_000;
const hostsALook = 1_000;

/** Ends acceptances that have run out and tells the stream; whoever reads one before that sees it as over already. */
@Injectable()
export class AcceptanceExpiry implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(AcceptanceExpiry.name);
  private repeating: Repeating | null = null;

  constructor(
    private readonly store: Store,
    private readonly reassess: ReassessService,
    private readonly clock: Clock,
    @Inject(API_CONFIG) private readonly config: ApiConfig,
  ) {}

  onApplicationBootstrap(): void {
    if (!runsJobs(this.config)) return;
    this.repeating = repeat(
      lookMs,
      () => this.look(),
      (error) => this.logger.error({ err: error }, 'Ending acceptances failed and is tried again'),
    );
  }

  async onModuleDestroy(): Promise<void> {
    await this.repeating?.stop();
  }

  /** One round: judging a host again ends what has run out on it. */
  async look(): Promise<void> {
    await this.reassess.hosts(await this.store.read.findingWork.hostsWithExpired(this.clock.iso(), hostsALook));
  }
}
