import { importLimits, routes } from '@lunwarden/contract';
import { Module, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import { Clock } from '../clock.js';
import { acceptFiles } from '../http/upload.js';
import { VcentersModule } from '../vcenters/vcenters.module.js';
import { ImportsController } from './imports.controller.js';
import { ImportsService } from './imports.service.js';

/** Maps come in as files. */
@Module({ imports: [VcentersModule], controllers: [ImportsController], providers: [ImportsService, Clock] })
export class ImportsModule implements OnModuleInit {
  constructor(private readonly adapter: HttpAdapterHost<FastifyAdapter>) {}

  onModuleInit(): void {
    acceptFiles(this.adapter.httpAdapter.getInstance(), {
      ...routes.importRvtools,
      mostBytes: importLimits.uploadBytes,
    });
  }
}
