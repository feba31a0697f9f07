import { Module } from '@nestjs/common';
import { Clock } from '../clock.js';
import { CollectService } from './collect.service.js';
import { CollectionSchedule } from './collection-schedule.js';
import { MapFetch } from './map-fetch.js';
import { Secrets } from './secrets.js';
import { VcenterReader } from './vcenter-reader.js';
import { VcentersController } from './vcenters.controller.js';
import { VcentersService } from './vcenters.service.js';

/** LUN maps are fetched and come in. What they changed waits in the store (`tx.mapChanges`) for who judges. */
@Module({
  controllers: [VcentersController],
  providers: [VcentersService, CollectService, CollectionSchedule, MapFetch, Secrets, VcenterReader, Clock],
  exports: [VcentersService, CollectService],
})
export class VcentersModule {}
