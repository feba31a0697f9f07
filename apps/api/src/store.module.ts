import { dataSourceOptions, openDataSource, Store, type StoreOptions } from '@lunwarden/store';
import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { API_CONFIG, type ApiConfig } from './config.js';

const storeOptions = (config: ApiConfig): StoreOptions => ({
  url: config.databaseUrl,
  allowUnsafe: config.allowUnsafeDatabase,
});

/** Opens and migrates the database once; Nest closes its pool when the application stops. */
@Global()
@Module({})
// biome-ignore lint/complexity/noStaticOnlyClass: Nest's own form of a module with options
export class StoreModule {
  static for(config: ApiConfig) {
    return {
      module: StoreModule,
      imports: [
        TypeOrmModule.forRootAsync({
          useFactory: () => dataSourceOptions(storeOptions(config)),
          dataSourceFactory: () => openDataSource(storeOptions(config)),
        }),
      ],
      providers: [
        { provide: API_CONFIG, useValue: config },
        { provide: Store, inject: [DataSource], useFactory: (dataSource: DataSource) => new Store(dataSource) },
      ],
      exports: [Store, API_CONFIG],
    };
  }
}
