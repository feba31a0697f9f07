import { Module } from '@nestjs/common';
import { AssessModule } from '../assess/assess.module.js';
import { AcceptanceExpiry } from './acceptance-expiry.js';
import { FindingsController } from './findings.controller.js';
import { FindingsService } from './findings.service.js';

/** What is done about what was found. Reports move it too: see `followFindings`. */
@Module({
  imports: [AssessModule],
  controllers: [FindingsController],
  providers: [FindingsService, AcceptanceExpiry],
})
export class FindingsModule {}
