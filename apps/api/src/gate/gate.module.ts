import { Module } from '@nestjs/common';
import { AssessModule } from '../assess/assess.module.js';
import { GateController } from './gate.controller.js';
import { GateService } from './gate.service.js';
import { OverridesService } from './overrides.service.js';
import { PreflightDesk } from './preflight-desk.js';
import { WindowsService } from './windows.service.js';

/** Whether a host may be patched. */
@Module({
  imports: [AssessModule],
  controllers: [GateController],
  providers: [GateService, OverridesService, PreflightDesk, WindowsService],
  exports: [PreflightDesk],
})
export class GateModule {}
