import { openapi } from '@lunwarden/contract';
import { Controller, Inject } from '@nestjs/common';
import { API_CONFIG, type ApiConfig } from '../config.js';
import { Door } from './door.js';

@Controller()
export class OpenapiController {
  private readonly document: Record<string, unknown>;

  constructor(@Inject(API_CONFIG) config: ApiConfig) {
    this.document = openapi(config.version);
  }

  @Door('openapi')
  read(): Record<string, unknown> {
    return this.document;
  }
}
