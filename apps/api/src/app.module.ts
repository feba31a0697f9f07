import { type DynamicModule, Module } from '@nestjs/common';
import { AccessModule } from './access/access.module.js';
import type { ApiConfig } from './config.js';
import { HttpModule } from './http/http.module.js';
import { StoreModule } from './store.module.js';

@Module({})
class AppModule {}

/** Everything that runs in the process. */
export const appModule = (config: ApiConfig): DynamicModule => ({
  module: AppModule,
  imports: [StoreModule.for(config), HttpModule, AccessModule],
});
