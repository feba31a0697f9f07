import { type FeedImport, type FeedStatus, routes } from '@lunwarden/contract';
import { Controller, Param, Query } from '@nestjs/common';
import type { z } from 'zod';
import { Door } from '../http/door.js';
import { parsed } from '../http/parsed.js';
import { type IncomingFile, UploadedFile } from '../http/upload.js';
import { FeedsService } from './feeds.service.js';

const Which = routes.importFeed.params;
const How = routes.importFeed.query;

@Controller()
export class FeedsController {
  constructor(private readonly feeds: FeedsService) {}

  @Door('listFeeds')
  list(): Promise<FeedStatus[]> {
    return this.feeds.list();
  }

  @Door('importFeed')
  import(
    @Param(parsed(Which)) { kind }: z.infer<typeof Which>,
    @Query(parsed(How)) query: z.infer<typeof How>,
    @UploadedFile() file: IncomingFile,
  ): Promise<FeedImport> {
    return this.feeds.import(kind, file, query);
  }
}
