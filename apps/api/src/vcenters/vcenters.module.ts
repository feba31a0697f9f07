import { Module } from '@nestjs/common';
import { Clock } from '../clock.js';
import { CollectService } from './collect.service.js';
import { CollectionSchedule } from './collection-schedule.js';
import { MapChanges } from './map-changes.js';
import { MapFetch } from './map-fetch.js';
import { Secrets } from './secrets.js';
import { VcenterReader } from './vcenter-reader.js';
import { VcentersController } from './vcenters.controller.js';
import { VcentersService } from './vcenters.service.js';

/** LUN maps are fetched and come in. Who judges subscribes to `MapChanges`. */
@Module({
  controllers: [VcentersController],
  providers: [VcentersService, CollectService, CollectionSchedule, MapChanges, MapFetch, Secrets, VcenterReader, Clock],
  exports: [VcentersService, CollectService, MapChanges],
})
export class VcentersModule {}
