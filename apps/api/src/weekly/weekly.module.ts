import { Module } from '@nestjs/common';
import { Clock } from '../clock.js';
import { FleetModule } from '../fleet/fleet.module.js';
import { WeeklyController } from './weekly.controller.js';
import { WeeklyService } from './weekly.service.js';
import { WeeklySchedule } from './weekly-schedule.js';

/** What gets exported. */
@Module({
  imports: [FleetModule],
  controllers: [WeeklyController],
  providers: [WeeklyService, WeeklySchedule, Clock],
  exports: [WeeklyService],
})
export class WeeklyModule {}
