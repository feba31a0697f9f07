import { Store } from '@lunwarden/store';
import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { ApiConfig } from '../src/config.js';
import { securityHeaders } from '../src/http/headers.js';
import { HttpModule } from '../src/http/http.module.js';
import { NestLog, openLog } from '../src/http/logger.js';
import { httpServer } from '../src/http/server.js';
import { StoreModule } from '../src/store.module.js';

@Module({})
class Doors {}

export type Replica = {
  app: NestFastifyApplication;
  store: Store;
  /** Asks a door without a socket; `path` begins behind /api/v1. */
  call(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): ReturnType<NestFastifyApplication['inject']>;
  /** All that it logged so far. */
  logged(): string;
};

/** One replica with one part of the API and no guard: who may pass is the business of `access`. */
export async function startReplica(
  part: Type | DynamicModule,
  config: Partial<ApiConfig> & Pick<ApiConfig, 'databaseUrl'>,
): Promise<Replica> {
  const whole: ApiConfig = {
    host: '127.0.0.1',
    port: 0,
    keyringFile: '',
    dashboardDir: null,
    version: 'test',
    role: 'api',
    trustedOrigins: [],
    allowUnsafeDatabase: true,
    ...config,
  };
  const lines: string[] = [];
  const module = { module: Doors, imports: [StoreModule.for(whole), HttpModule, part] };
  const app = await NestFactory.create<NestFastifyApplication>(module, httpServer(securityHeaders(false)), {
    abortOnError: false,
    bodyParser: false,
    logger: new NestLog(openLog('trace', { write: (line: string) => lines.push(line) })),
  });
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  const call: Replica['call'] = (method, path, body) =>
    app.inject({
      method,
      url: `/api/v1${path}`,
      ...(body === undefined ? {} : { payload: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
  return { app, store: app.get(Store), call, logged: () => lines.join('') };
}
