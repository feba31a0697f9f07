import { Module } from '@nestjs/common';
import { AssessModule } from '../assess/assess.module.js';
import { FleetController } from './fleet.controller.js';
import { FleetService } from './fleet.service.js';

@Module({ imports: [AssessModule], controllers: [FleetController], providers: [FleetService], exports: [FleetService] })
export class FleetModule {}
