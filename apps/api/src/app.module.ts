import { type DynamicModule, Module } from '@nestjs/common';
import { AccessModule } from './access/access.module.js';
import { AssessModule } from './assess/assess.module.js';
import type { ApiConfig } from './config.js';
import { FeedsModule } from './feeds/feeds.module.js';
import { FindingsModule } from './findings/findings.module.js';
import { FleetModule } from './fleet/fleet.module.js';
import { FollowMaps } from './follow-maps.js';
import { GateModule } from './gate/gate.module.js';
import { HttpModule } from './http/http.module.js';
import { ImportsModule } from './imports/imports.module.js';
import { IntakeModule } from './intake/intake.module.js';
import { LiveModule } from './live/live.module.js';
import { PlanModule } from './plan/plan.module.js';
import { PolicyModule } from './policy/policy.module.js';
import { StorageModule } from './storage/storage.module.js';
import { StoreModule } from './store.module.js';
import { VcentersModule } from './vcenters/vcenters.module.js';
import { WeeklyModule } from './weekly/weekly.module.js';

@Module({})
class AppModule {}

/** Everything that runs in the process. */
export const appModule = (config: ApiConfig): DynamicModule => ({
  module: AppModule,
  imports: [
    StoreModule.for(config),
    HttpModule,
    AccessModule,
    IntakeModule,
    VcentersModule,
    FleetModule,
    LiveModule,
    WeeklyModule,
    FeedsModule,
    StorageModule,
    ImportsModule,
    AssessModule,
    GateModule,
    PlanModule,
    FindingsModule,
    PolicyModule,
  ],
  providers: [FollowMaps],
});
