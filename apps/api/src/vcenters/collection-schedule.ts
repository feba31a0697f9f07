import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { API_CONFIG, type ApiConfig } from '../config.js';
import { type Repeating, repeat } from '../jobs/repeat.js';
import { runsJobs } from '../jobs/role.js';
import { CollectService } from './collect.service.js';
import { MapChanges } from './map-changes.js';

/** How soon a vCenter that was added through another replica is noticed. The pause between collections is in the database. */
const lookMs = 5_000;

/** Looks for collections that are due and for map changes that a dead process left behind. */
@Injectable()
export class CollectionSchedule implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('vcenters');
  private repeating: Repeating | null = null;

  constructor(
    @Inject(API_CONFIG) private readonly config: ApiConfig,
    private readonly collect: CollectService,
    private readonly mapChanges: MapChanges,
  ) {}

  onApplicationBootstrap(): void {
    if (!runsJobs(this.config)) return;
    this.repeating = repeat(
      lookMs,
      async () => {
        await this.collect.beginDue();
        await this.mapChanges.deliver();
      },
      (error) => this.logger.error({ err: error }, 'looking for due collections failed'),
    );
  }

  async onModuleDestroy(): Promise<void> {
    await this.repeating?.stop();
  }
}
