import {
  routes,
  type StorageDatastoreDetail,
  type StorageOrphans,
  type StoragePage,
  StorageQuery,
  type VolumeCopy,
} from '@lunwarden/contract';
import { Controller, Param, Query } from '@nestjs/common';
import { Door } from '../http/door.js';
import { parsed } from '../http/parsed.js';
import { OrphansService } from './orphans.service.js';
import { StorageService } from './storage.service.js';

@Controller()
export class StorageController {
  constructor(
    private readonly storage: StorageService,
    private readonly orphans: OrphansService,
  ) {}

  @Door('storage')
  page(@Query(parsed(StorageQuery)) query: StorageQuery): Promise<StoragePage> {
    return this.storage.page(query);
  }

  @Door('storageDatastore')
  datastore(@Param(parsed(routes.storageDatastore.params)) { id }: { id: string }): Promise<StorageDatastoreDetail> {
    return this.storage.datastore(id);
  }

  @Door('storageOrphans')
  orphanLuns(): Promise<StorageOrphans> {
    return this.orphans.orphans();
  }

  @Door('storageCopies')
  copies(): Promise<VolumeCopy[]> {
    return this.storage.copies();
  }
}
