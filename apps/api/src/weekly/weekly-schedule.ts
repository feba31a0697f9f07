import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { API_CONFIG, type ApiConfig } from '../config.js';
import { type Repeating, repeat } from '../jobs/repeat.js';
import { runsJobs } from '../jobs/role.js';
import { WeeklyService } from './weekly.service.js';

const lookMs = 60_000;

/**
 * Closes a week on Monday at 06:00, or at the next start. It asks what is due instead of waiting for a moment, so that
 * no slot is missed by a process that was down, asleep, or had its clock set.
 */
@Injectable()
export class WeeklySchedule implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('weekly');
  private repeating: Repeating | null = null;

  constructor(
    @Inject(API_CONFIG) private readonly config: ApiConfig,
    private readonly weekly: WeeklyService,
  ) {}

  onApplicationBootstrap(): void {
    if (!runsJobs(this.config)) return;
    this.repeating = repeat(
      lookMs,
      async () => {
        if ((await this.weekly.closeDue()) === 'closed') this.logger.log('a week was closed');
      },
      (error) => this.logger.error({ err: error }, 'closing a week failed and will be tried again'),
    );
  }

  async onModuleDestroy(): Promise<void> {
    await this.repeating?.stop();
  }
}
