import { Module } from '@nestjs/common';
import { Clock } from '../clock.js';
import { PolicyController } from './policy.controller.js';
import { SitePolicyService } from './site-policy.service.js';

/** By which constants this site judges. */
@Module({ controllers: [PolicyController], providers: [SitePolicyService, Clock] })
export class PolicyModule {}
