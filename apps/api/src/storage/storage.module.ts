import { Module } from '@nestjs/common';
import { AssessModule } from '../assess/assess.module.js';
import { LunStates } from './lun-states.service.js';
import { OrphansService } from './orphans.service.js';
import { StorageController } from './storage.controller.js';
import { StorageService } from './storage.service.js';

/** Who could write to what. */
@Module({
  imports: [AssessModule],
  controllers: [StorageController],
  providers: [StorageService, OrphansService, LunStates],
})
export class StorageModule {}
