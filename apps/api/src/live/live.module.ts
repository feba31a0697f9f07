import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.js';
import { AssessModule } from '../assess/assess.module.js';
import { LiveGateway } from './live.gateway.js';
import { LiveDoor } from './live-door.js';
import { StreamService } from './stream.service.js';

@Module({
  imports: [AccessModule, AssessModule],
  providers: [StreamService, LiveDoor, LiveGateway],
  exports: [LiveGateway],
})
export class LiveModule {}
