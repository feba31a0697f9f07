import { Inject, Injectable } from '@nestjs/common';
import { API_CONFIG, type ApiConfig } from './config.js';

/** What time it is. The only clock of the API, so that a test can let a day pass. */
@Injectable()
export class Clock {
  constructor(@Inject(API_CONFIG) private readonly config: ApiConfig) {}

  now(): Date {
    return this.config.now?.() ?? new Date();
  }

  iso(): string {
    return this.now().toISOString();
  }
}
