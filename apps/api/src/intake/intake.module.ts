import { Module } from '@nestjs/common';
import { AssessModule } from '../assess/assess.module.js';
import { GateModule } from '../gate/gate.module.js';
import { FactsMemory } from './facts-memory.js';
import { IntakeController } from './intake.controller.js';
import { IntakeService } from './intake.service.js';
import { ReportBatch } from './report-batch.js';

@Module({
  imports: [AssessModule, GateModule],
  controllers: [IntakeController],
  providers: [IntakeService, ReportBatch, FactsMemory],
})
export class IntakeModule {}
