import { Module } from '@nestjs/common';
import { APP_FILTER, DiscoveryModule } from '@nestjs/core';
import { DoorCheck } from './door-check.js';
import { HealthController } from './health.controller.js';
import { OpenapiController } from './openapi.controller.js';
import { ProblemFilter } from './problem-filter.js';

/** What every request meets: the law of doors, the one filter, and how the process fares. */
@Module({
  imports: [DiscoveryModule],
  controllers: [HealthController, OpenapiController],
  providers: [DoorCheck, { provide: APP_FILTER, useClass: ProblemFilter }],
})
export class HttpModule {}
