import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { Clock } from '../clock.js';
import { AccessGuard } from './access.guard.js';
import { AccessService } from './access.service.js';
import { Attempts } from './attempts.js';
import { EnrollmentController } from './enrollment.controller.js';
import { EnrollmentService } from './enrollment.service.js';
import { Passwords } from './passwords.js';
import { Sessions } from './sessions.js';
import { SignInController } from './sign-in.controller.js';
import { SignInService } from './sign-in.service.js';

/** Who may speak. */
@Module({
  controllers: [SignInController, EnrollmentController],
  providers: [
    AccessService,
    Attempts,
    Clock,
    EnrollmentService,
    Passwords,
    Sessions,
    SignInService,
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
  exports: [AccessService, EnrollmentService, SignInService],
})
export class AccessModule {}
