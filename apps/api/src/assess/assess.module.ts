import { Module } from '@nestjs/common';
import { Clock } from '../clock.js';
import { HostFeeds } from '../feeds/host-feeds.js';
import { BlastService } from './blast.service.js';
import { FleetCustom } from './fleet-custom.service.js';
import { JudgingModel } from './judging-model.js';
import { MapCache } from './map-cache.service.js';
import { ReassessService } from './reassess.service.js';
import { RecordService } from './record.service.js';
import { SweepService } from './sweep.service.js';
import { WorseFirst } from './worse-first.js';

/** What it all means. */
@Module({
  providers: [
    Clock,
    FleetCustom,
    JudgingModel,
    MapCache,
    HostFeeds,
    RecordService,
    ReassessService,
    BlastService,
    SweepService,
    WorseFirst,
  ],
  exports: [Clock, MapCache, HostFeeds, RecordService, ReassessService, SweepService],
})
export class AssessModule {}
