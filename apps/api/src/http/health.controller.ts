import { Store } from '@lunwarden/store';
import { Controller, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { API_CONFIG, type ApiConfig } from '../config.js';
import { Door } from './door.js';

type Health = { status: 'ok' | 'down'; version: string };

@Controller()
export class HealthController {
  constructor(
    private readonly store: Store,
    @Inject(API_CONFIG) private readonly config: ApiConfig,
  ) {}

  /** 503 with the same body while the database does not answer, for load balancers that read the status only. */
  @Door('health')
  async health(@Res({ passthrough: true }) reply: FastifyReply): Promise<Health> {
    const { version } = this.config;
    if (await this.databaseAnswers()) return { status: 'ok', version };
    reply.code(503).header('retry-after', 5);
    return { status: 'down', version };
  }

  private async databaseAnswers(): Promise<boolean> {
    try {
      await this.store.read.sql.many(z.unknown(), 'SELECT 1');
      return true;
    } catch {
      return false;
    }
  }
}
