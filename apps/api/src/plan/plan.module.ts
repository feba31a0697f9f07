import { Module } from '@nestjs/common';
import { AssessModule } from '../assess/assess.module.js';
import { PlanController } from './plan.controller.js';
import { PlanService } from './plan.service.js';

/** What could be done to a host. Reads only: no plan changes a verdict. */
@Module({ imports: [AssessModule], controllers: [PlanController], providers: [PlanService] })
export class PlanModule {}
