import { feedLimits, routes } from '@lunwarden/contract';
import { Module, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import { AssessModule } from '../assess/assess.module.js';
import { Clock } from '../clock.js';
import { acceptFiles } from '../http/upload.js';
import { DropFolder } from './drop-folder.js';
import { FeedsController } from './feeds.controller.js';
import { FeedsService } from './feeds.service.js';

/** What is known from outside comes in. */
@Module({
  imports: [AssessModule],
  controllers: [FeedsController],
  providers: [FeedsService, DropFolder, Clock],
})
export class FeedsModule implements OnModuleInit {
  constructor(private readonly adapter: HttpAdapterHost<FastifyAdapter>) {}

  onModuleInit(): void {
    acceptFiles(this.adapter.httpAdapter.getInstance(), { ...routes.importFeed, mostBytes: feedLimits.uploadBytes });
  }
}
